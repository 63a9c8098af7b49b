#pragma once

#include "libs/postgres/pool.hpp"

#include <exception>
#include <functional>
#include <memory>
#include <vector>

namespace tandem::postgres {

using Clock = std::chrono::steady_clock;

/// The unit of work: statements that go out together, and the caller that waits for them. It is
/// answered once. An answered unit that was sent already stays where it is, so that its results are
/// matched to it and dropped.
struct Unit {
    Executor executor;
    std::vector<Statement> statements;
    Deadline deadline = Deadline::max();
    Clock::time_point submitted_at = Clock::now();
    bool reads = false;              ///< may be answered before the sync point: nothing has to be committed
    bool begins_by_deadline = false; ///< once sent it is waited for, however late

    std::vector<Rows> rows{};
    std::exception_ptr failure{};
    std::move_only_function<void()> resume{}; ///< empty once the caller has its answer

    bool answered() const { return !resume; }
};
using UnitPointer = std::shared_ptr<Unit>;

/// Resumes the caller in a later turn of the loop, so that whoever answers is not re-entered.
/// Does nothing when the unit is answered already.
void answer(Unit& unit, std::exception_ptr failure);

/// Answers Unavailable.
void refuse(Unit& unit, const char* reason);

/// Answers DeadlineExceeded if the deadline has passed.
void answer_if_late(Unit& unit, Clock::time_point now);

/// Suspends the calling task until the unit is answered; rethrows its failure. `enqueue` is called
/// once the unit can be answered. Cancelling the task answers it with operation_aborted.
Task<> wait_for_answer(UnitPointer unit, std::function<void(UnitPointer)> enqueue);

} // namespace tandem::postgres
