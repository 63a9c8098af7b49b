#pragma once

#include "libs/kernel/task.hpp"

#include <chrono>
#include <memory>

namespace tandem::async {

/// A flag that tasks wait for. `notify` wakes every waiter and, if there is none, the next one.
/// Use on the event loop's thread only.
class Event {
public:
    explicit Event(Executor executor);
    ~Event();

    void notify();
    /// Resumes at `notify` or after `timeout`: true when notified.
    Task<bool> wait_for(std::chrono::nanoseconds timeout);

private:
    struct State;
    std::shared_ptr<State> state_;
};

} // namespace tandem::async
