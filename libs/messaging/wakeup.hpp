#pragma once

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <poll.h>
#include <sys/eventfd.h>
#include <system_error>
#include <unistd.h>

namespace tandem::messaging {

/// Interrupts a thread that waits in poll(2). `notify` from any thread; the rest from the waiter.
class Wakeup {
public:
    Wakeup() : handle_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
        if (handle_ < 0) {
            throw std::system_error(errno, std::generic_category(), "eventfd");
        }
    }
    ~Wakeup() { ::close(handle_); }
    Wakeup(const Wakeup&) = delete;
    Wakeup& operator=(const Wakeup&) = delete;

    void notify() {
        const std::uint64_t one = 1;
        [[maybe_unused]] const auto written = ::write(handle_, &one, sizeof one);
    }
    void clear() {
        std::uint64_t count = 0;
        [[maybe_unused]] const auto read = ::read(handle_, &count, sizeof count);
    }
    void wait(std::chrono::milliseconds timeout) {
        pollfd source{handle_, POLLIN, 0};
        ::poll(&source, 1, static_cast<int>(timeout.count()));
    }
    int handle() const { return handle_; }

private:
    int handle_;
};

/// Doubling pauses between attempts, from 100 ms to 2 s.
class Backoff {
public:
    std::chrono::milliseconds next() {
        ++failures_;
        const auto pause = pause_;
        pause_ = std::min(pause_ * 2, longest);
        return pause;
    }
    void reset() {
        pause_ = shortest;
        failures_ = 0;
    }
    /// True at the first failure and then about every half minute, so that an outage does not fill
    /// the log.
    bool worth_a_line() const { return failures_ % 16 == 0; }

private:
    static constexpr std::chrono::milliseconds shortest{100};
    static constexpr std::chrono::milliseconds longest{2'000};
    std::chrono::milliseconds pause_ = shortest;
    int failures_ = 0;
};

} // namespace tandem::messaging
