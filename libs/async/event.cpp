#include "libs/async/event.hpp"

#include "libs/async/waiter.hpp"

namespace tandem::async {

struct Event::State {
    explicit State(Executor where) : executor(where) {}

    void wake_up_came_back() { set = set || line.empty(); }

    Executor executor;
    bool set = false;
    Line line;
};

Event::Event(Executor executor) : state_(std::make_shared<State>(executor)) {}

Event::~Event() = default;

void Event::notify() {
    state_->set = state_->line.empty();
    for (Waiter* waiter : std::exchange(state_->line, {})) {
        waiter->wake();
    }
}

Task<bool> Event::wait_for(std::chrono::nanoseconds timeout) {
    const std::shared_ptr<State> state = state_;
    if (std::exchange(state->set, false)) {
        co_return true;
    }
    Waiter waiter(state->executor);
    InLine in_line(*state, waiter);
    const bool notified = co_await waiter.wait_for(timeout);
    in_line.taken();
    co_return notified;
}

} // namespace tandem::async
