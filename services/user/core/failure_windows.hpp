#pragma once

#include "libs/kernel/time.hpp"

#include <chrono>
#include <cstddef>
#include <deque>
#include <string>
#include <unordered_map>

namespace tandem::user {

/// Counts failures by key, each key for one window that begins with its first failure. Keeps at most
/// `keys_max` keys; beyond it the oldest window is forgotten.
class FailureWindows {
public:
    FailureWindows(std::chrono::milliseconds window, std::size_t keys_max)
        : window_(window), keys_max_(keys_max) {}

    int count(const std::string& key, Timestamp now) const;
    /// Until the key's window ends; zero when it has none.
    std::chrono::milliseconds remaining(const std::string& key, Timestamp now) const;
    void add(const std::string& key, Timestamp now);
    void clear(const std::string& key) { windows_.erase(key); }
    std::size_t size() const { return windows_.size(); }

private:
    struct Window {
        int failures = 0;
        Timestamp since;
    };
    void make_room(Timestamp now);

    std::chrono::milliseconds window_;
    std::size_t keys_max_;
    std::unordered_map<std::string, Window> windows_;
    std::deque<std::pair<std::string, Timestamp>> oldest_first_;
};

} // namespace tandem::user
