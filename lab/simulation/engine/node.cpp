#include "lab/simulation/engine/node.hpp"

#include <boost/asio/async_result.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace tandem::simulation {
namespace {

template <class Start>
auto suspend(Start start) {
    using Token = boost::asio::use_awaitable_t<Executor>;
    Token token;
    return boost::asio::async_initiate<Token, void()>(std::move(start), token);
}

} // namespace

void Node::spawn(Task<> task) {
    boost::asio::co_spawn(scheduler_.executor(), guard(std::move(task)), [](const std::exception_ptr&) {});
    scheduler_.after(Duration(0), [&scheduler = scheduler_] { scheduler.settle(); });
}

Task<> Node::guard(Task<> task) {
    try {
        co_await std::move(task);
    } catch (const std::exception& error) {
        if (on_failure_) {
            on_failure_(error.what());
        }
    }
}

Node::Wait Node::keep(Handler handler) {
    if (free_.empty()) {
        free_.push_back(static_cast<std::uint32_t>(slots_.size()));
        slots_.emplace_back();
    }
    const std::uint32_t slot = free_.back();
    free_.pop_back();
    slots_[slot] = {std::move(handler), ++numbers_};
    return {slot, numbers_};
}

Task<> Node::wait(std::function<void(Wait)> begun) {
    co_await suspend([this, &begun](auto handler) { begun(keep(Handler(std::move(handler)))); });
}

Task<> Node::sleep(Duration duration) {
    co_await suspend(
        [this, duration](auto handler) { wake_after(duration, keep(Handler(std::move(handler)))); });
}

void Node::wake(Wait wait) {
    wake_after(Duration(0), wait);
}

void Node::wake_after(Duration delay, Wait wait) {
    scheduler_.after(delay, [this, wait] { resume(wait); });
}

void Node::resume(Wait wait) {
    if (!is_waiting(wait)) {
        return;
    }
    if (strikes_ && strikes_()) {
        crash();
        return;
    }
    Handler handler = std::move(slots_[wait.slot].handler);
    slots_[wait.slot].number = 0;
    free_.push_back(wait.slot);
    handler();
}

void Node::crash() {
    alive_ = false;
    ++life_;
    std::vector<Slot> slots = std::exchange(slots_, {});
    free_.clear();
    slots.clear(); // each hands its coroutine to the loop, to be unwound
    scheduler_.settle();
    if (on_crash_) {
        on_crash_();
    }
}

void Signal::notify() {
    pending_ = true;
    for (const Node::Wait wait : std::exchange(waiting_, {})) {
        if (node_.is_waiting(wait)) {
            node_.wake(wait);
            pending_ = false;
        }
    }
}

Task<> Signal::wait() {
    return wait_until(std::nullopt);
}

Task<> Signal::wait_for(Duration duration) {
    return wait_until(duration);
}

Task<> Signal::wait_until(std::optional<Duration> duration) {
    if (std::exchange(pending_, false)) {
        co_return;
    }
    co_await node_.wait([this, duration](Node::Wait wait) {
        waiting_.push_back(wait);
        if (duration) {
            node_.wake_after(*duration, wait);
        }
    });
    pending_ = false;
}

} // namespace tandem::simulation
