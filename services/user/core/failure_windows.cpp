#include "services/user/core/failure_windows.hpp"

#include <utility>

namespace tandem::user {

using std::chrono::milliseconds;

milliseconds FailureWindows::remaining(const std::string& key, Timestamp now) const {
    const auto found = windows_.find(key);
    if (found == windows_.end()) {
        return milliseconds(0);
    }
    const auto left = std::chrono::ceil<milliseconds>(found->second.since + window_ - now);
    return std::max(left, milliseconds(0));
}

int FailureWindows::count(const std::string& key, Timestamp now) const {
    return remaining(key, now) > milliseconds(0) ? windows_.at(key).failures : 0;
}

void FailureWindows::add(const std::string& key, Timestamp now) {
    if (remaining(key, now) == milliseconds(0)) {
        make_room(now);
        windows_[key] = {.failures = 0, .since = now};
        oldest_first_.emplace_back(key, now);
    }
    ++windows_[key].failures;
}

void FailureWindows::make_room(Timestamp now) {
    while (!oldest_first_.empty() &&
           (oldest_first_.front().second + window_ <= now || oldest_first_.size() >= keys_max_)) {
        const auto [key, since] = std::move(oldest_first_.front());
        oldest_first_.pop_front();
        const auto found = windows_.find(key);
        if (found != windows_.end() && found->second.since == since) { // else cleared or begun anew meanwhile
            windows_.erase(found);
        }
    }
}

} // namespace tandem::user
