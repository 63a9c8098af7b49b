#pragma once

#include "libs/kernel/task.hpp"

#include <memory>
#include <string>

namespace tandem::async {

/// Owns tasks that run beside their starter, so that none outlives what it uses: nothing in this
/// code base is spawned detached. Use on the event loop's thread only.
class TaskGroup {
public:
    explicit TaskGroup(Executor executor);
    /// The group must be empty by then (asserted): call `join` first.
    ~TaskGroup();

    /// Runs `task`. An exception that leaves it is logged with `name` and counted
    /// (tandem_task_failures_total), except operation_aborted after `cancel`.
    void spawn(std::string name, Task<> task);

    /// Asks every running task to stop at its next suspension (cancellation_type::terminal).
    void cancel();

    /// Resumes when every task has ended.
    Task<> join();

    std::size_t size() const;

private:
    struct State;
    std::shared_ptr<State> state_;
};

} // namespace tandem::async
