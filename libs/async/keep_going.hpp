#pragma once

#include "libs/kernel/task.hpp"

#include <chrono>
#include <functional>
#include <string>

namespace tandem::async {

/// One turn of work without an end. False: it has come to its end after all.
using Turn = std::function<Task<bool>()>;

/// How long to rest after a turn that failed: doubled from one failure to the next.
struct Rests {
    std::chrono::milliseconds first{100};
    std::chrono::milliseconds longest{5'000};
};

/// Takes turn after turn until one gives false or the task is cancelled; a turn does its own waiting.
/// What leaves a turn is logged with `name` and counted (tandem_task_failures_total), and after a rest
/// the next turn follows: a process must not live on without its work because of one error that nobody
/// foresaw. Only cancellation passes, and not what merely looks like it, such as the operation_aborted
/// of a socket that somebody else closed.
Task<> keep_going(std::string name, Turn turn, Rests rests = {});

/// The same for work that never ends: a turn is the work, and then `pause`.
Task<>
repeat(std::string name, std::chrono::milliseconds pause, std::function<Task<>()> work, Rests rests = {});

} // namespace tandem::async
