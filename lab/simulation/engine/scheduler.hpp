#pragma once

#include "libs/kernel/task.hpp"
#include "libs/kernel/time.hpp"

#include <cstdint>
#include <functional>
#include <vector>

namespace tandem::simulation {

using Duration = std::chrono::microseconds;

/// Virtual time: what is to happen, and when. Nothing ever waits: the clock jumps to the next entry. Entries
/// of one moment come in the order in which they were made, so that a run has one possible course.
class Scheduler final : public Clock {
public:
    using Action = std::move_only_function<void()>;
    /// Every run begins here.
    static constexpr Timestamp beginning{std::chrono::sys_days(std::chrono::year(2026) / 1 / 1)};

    explicit Scheduler(boost::asio::io_context& loop) : loop_(loop) {}

    Timestamp now() const override { return now_; }
    Duration elapsed() const { return now_ - beginning; }
    /// For deadlines, which production reads from the steady clock.
    std::chrono::steady_clock::time_point steady() const {
        return std::chrono::steady_clock::time_point(elapsed() + std::chrono::hours(1));
    }

    void after(Duration delay, Action action);
    /// Does what comes next; false when nothing is left to do.
    bool step();
    std::uint64_t steps() const { return steps_; }

    /// Lets coroutines begin, end, and unwind: to be called after each change of which there are.
    void settle();
    Executor executor() const { return loop_.get_executor(); }

private:
    struct Entry {
        Timestamp at;
        std::uint64_t number;
        std::uint32_t slot;
    };
    static bool is_later(const Entry& left, const Entry& right) {
        return left.at != right.at ? left.at > right.at : left.number > right.number;
    }

    boost::asio::io_context& loop_;
    Timestamp now_ = beginning;
    std::uint64_t steps_ = 0;
    std::uint64_t numbers_ = 0;
    std::vector<Entry> heap_;
    std::vector<Action> actions_;
    std::vector<std::uint32_t> free_;
};

} // namespace tandem::simulation
