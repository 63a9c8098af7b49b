#pragma once

#include "libs/kernel/task.hpp"
#include "libs/redis/reply.hpp"

#include <chrono>
#include <exception>
#include <functional>
#include <memory>

namespace tandem::redis {

using Clock = std::chrono::steady_clock;

/// A command that was sent, and the task that waits for its answer. It is answered once: by the
/// server, by its deadline, by cancellation or by the end of the connection, whichever is first. A
/// call that was answered too early stays in line, so that its reply is matched to it and dropped.
struct Call {
    Call(Executor where, Clock::time_point until) : executor(where), deadline(until) {}

    Executor executor;
    Clock::time_point deadline;
    bool answered = false;
    Reply reply;
    std::exception_ptr failure;
    std::move_only_function<void()> resume; ///< set while a task waits
};
using CallPointer = std::shared_ptr<Call>;

/// These resume the waiting task in a later turn of the loop: never from within hiredis. They do
/// nothing when the call is answered already.
void answer(Call& call, Reply reply);
void answer(Call& call, std::exception_ptr failure);

/// Suspends until the call is answered; rethrows its failure. Cancelling the task answers the call
/// with operation_aborted.
Task<Reply> answer_to(CallPointer call);

} // namespace tandem::redis
