#pragma once

#include "libs/kernel/task.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

#include <chrono>
#include <list>

namespace tandem::async {

using Timer = boost::asio::basic_waitable_timer<std::chrono::steady_clock,
                                                boost::asio::wait_traits<std::chrono::steady_clock>,
                                                Executor>;

/// One task that waits to be woken by another of the same event loop; private to this library.
/// Waking is remembered, so a wake-up between a timeout (or a cancellation) and the task's next
/// turn is seen.
class Waiter {
public:
    explicit Waiter(Executor executor) : timer_(executor) {}

    void wake() {
        woken_ = true;
        timer_.cancel();
    }
    bool woken() const { return woken_; }

    /// True when woken, false after `timeout`. Throws operation_aborted when the task is cancelled.
    Task<bool> wait_for(std::chrono::nanoseconds timeout) {
        if (!woken_) {
            timer_.expires_after(timeout);
            boost::system::error_code error;
            co_await timer_.async_wait(
                boost::asio::redirect_error(boost::asio::use_awaitable_t<Executor>(), error));
            if (!woken_ && error) {
                throw boost::system::system_error(error);
            }
        }
        co_return woken_;
    }

private:
    Timer timer_;
    bool woken_ = false;
};

using Line = std::list<Waiter*>; // first come, first served; who is woken has been taken out

/// Keeps a waiter in `state.line` while its task is suspended. A wake-up that the task never saw,
/// because it was cancelled or destroyed in that moment, is returned: `state.wake_up_came_back()`.
template <class State>
class InLine {
public:
    InLine(State& state, Waiter& waiter)
        : state_(state), waiter_(waiter), place_(state.line.insert(state.line.end(), &waiter)) {}
    InLine(const InLine&) = delete;
    InLine& operator=(const InLine&) = delete;

    ~InLine() {
        if (!waiter_.woken()) {
            state_.line.erase(place_);
        } else if (!taken_) {
            state_.wake_up_came_back();
        }
    }

    void taken() { taken_ = true; }

private:
    State& state_;
    Waiter& waiter_;
    Line::iterator place_;
    bool taken_ = false;
};

} // namespace tandem::async
