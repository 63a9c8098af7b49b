#include "lab/simulation/stores/locks.hpp"

#include <algorithm>

namespace tandem::simulation {

Task<> Transaction::lock(Locks::Key key) {
    Locks::Lock& lock = locks_.held_[key];
    if (lock.owner == this) {
        co_return;
    }
    if (lock.owner == nullptr) {
        lock.owner = this;
        keys_.push_back(key);
        co_return;
    }
    if (closes_a_circle(lock)) {
        throw LostRace("deadlock detected");
    }
    lock.waiting.push_back(this);
    waits_for_ = key;
    co_await node_.wait([this](Node::Wait wait) { wait_ = wait; });
    waits_for_ = 0;
}

bool Transaction::closes_a_circle(const Locks::Lock& lock) const {
    const Transaction* owner = lock.owner;
    while (owner != this && owner->waits_for_ != 0) {
        owner = locks_.held_.at(owner->waits_for_).owner;
    }
    return owner == this;
}

void Transaction::release() {
    if (waits_for_ != 0) {
        const auto place = locks_.held_.find(waits_for_);
        if (place != locks_.held_.end()) {
            std::erase(place->second.waiting, this);
        }
        waits_for_ = 0;
    }
    for (const Locks::Key key : std::exchange(keys_, {})) {
        Locks::Lock& lock = locks_.held_.at(key);
        if (lock.waiting.empty()) {
            locks_.held_.erase(key);
            continue;
        }
        lock.owner = lock.waiting.front();
        lock.waiting.pop_front();
        lock.owner->waits_for_ = 0;
        lock.owner->keys_.push_back(key);
        lock.owner->node_.wake(lock.owner->wait_);
    }
}

} // namespace tandem::simulation
