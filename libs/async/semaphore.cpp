#include "libs/async/semaphore.hpp"

#include "libs/async/waiter.hpp"

namespace tandem::async {

struct Semaphore::Permit::State {
    State(Executor where, std::size_t count, std::size_t limit)
        : executor(where), permits(count), waiting_max(limit) {}

    /// The permit goes straight to the first in line, so that nobody overtakes.
    void give_back() {
        if (line.empty()) {
            --in_use;
            return;
        }
        Waiter* const next = line.front();
        line.pop_front();
        next->wake();
    }

    void wake_up_came_back() { give_back(); }

    Executor executor;
    std::size_t permits;
    std::size_t waiting_max;
    std::size_t in_use = 0;
    Line line;
};

Semaphore::Permit::Permit(Permit&& other) noexcept = default;

Semaphore::Permit::~Permit() {
    if (state_) {
        state_->give_back();
    }
}

Semaphore::Semaphore(Executor executor, std::size_t permits, std::size_t waiting_max)
    : state_(std::make_shared<Permit::State>(executor, permits, waiting_max)) {}

Task<std::optional<Semaphore::Permit>> Semaphore::acquire() {
    const std::shared_ptr<Permit::State> state = state_;
    if (state->in_use < state->permits) {
        ++state->in_use;
        co_return Permit(state);
    }
    if (state->line.size() >= state->waiting_max) {
        co_return std::nullopt;
    }
    Waiter waiter(state->executor);
    InLine in_line(*state, waiter);
    co_await waiter.wait_for(std::chrono::nanoseconds::max());
    in_line.taken();
    co_return Permit(state);
}

std::size_t Semaphore::in_use() const {
    return state_->in_use;
}

std::size_t Semaphore::waiting() const {
    return state_->line.size();
}

} // namespace tandem::async
