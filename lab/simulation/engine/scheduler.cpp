#include "lab/simulation/engine/scheduler.hpp"

#include <algorithm>

namespace tandem::simulation {

void Scheduler::after(Duration delay, Action action) {
    std::uint32_t slot = 0;
    if (free_.empty()) {
        slot = static_cast<std::uint32_t>(actions_.size());
        actions_.push_back(std::move(action));
    } else {
        slot = free_.back();
        free_.pop_back();
        actions_[slot] = std::move(action);
    }
    heap_.push_back({now_ + std::max(delay, Duration(0)), ++numbers_, slot});
    std::ranges::push_heap(heap_, is_later);
}

bool Scheduler::step() {
    if (heap_.empty()) {
        return false;
    }
    std::ranges::pop_heap(heap_, is_later);
    const Entry entry = heap_.back();
    heap_.pop_back();
    now_ = entry.at;
    ++steps_;
    Action action = std::move(actions_[entry.slot]);
    free_.push_back(entry.slot);
    action();
    return true;
}

void Scheduler::settle() {
    loop_.restart();
    loop_.poll();
}

} // namespace tandem::simulation
