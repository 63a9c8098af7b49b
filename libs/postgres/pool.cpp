#include "libs/postgres/pool.hpp"

#include "libs/postgres/pool_state.hpp"

namespace tandem::postgres {

Pool::Pool(Executor executor, PoolOptions options)
    : state_(std::make_shared<PoolState>(executor, std::move(options))) {}

Pool::~Pool() {
    state_->stop();
}

void Pool::start() {
    state_->start();
}

bool Pool::ready() const {
    return state_->ready();
}

Task<> Pool::wait_ready(Deadline deadline) {
    while (!state_->ready()) {
        if (Clock::now() >= deadline) {
            throw DeadlineExceeded("the database did not become ready in time");
        }
        co_await state_->change(deadline);
    }
}

Task<Rows> Pool::query(Query query, Params params, Deadline deadline) {
    state_->check_room();
    const auto unit = std::make_shared<Unit>(state_->executor);
    unit->statements.push_back({query, std::move(params)});
    unit->deadline = deadline;
    unit->reads = true;
    const auto enqueue = [state = state_.get()](UnitPointer taken) { state->enqueue(std::move(taken)); };
    co_await wait_for_answer(unit, enqueue);
    state_->observe(*unit);
    co_return std::move(unit->rows.front());
}

Task<std::vector<Rows>> Pool::execute(std::vector<Statement> statements, Deadline deadline) {
    return run(std::make_shared<Unit>(state_->executor, std::move(statements), deadline));
}

Task<std::vector<Rows>> Pool::execute(std::vector<Statement> statements, BeginBy begin) {
    const auto unit = std::make_shared<Unit>(state_->executor, std::move(statements), begin.moment);
    unit->begins_by_deadline = true;
    return run(unit);
}

Task<std::vector<Rows>> Pool::run(std::shared_ptr<Unit> unit) {
    if (unit->statements.empty()) {
        co_return std::vector<Rows>();
    }
    state_->check_room();
    const auto enqueue = [state = state_.get()](UnitPointer taken) { state->enqueue(std::move(taken)); };
    co_await wait_for_answer(unit, enqueue);
    state_->observe(*unit);
    co_return std::move(unit->rows);
}

Task<Transaction> Pool::begin(Deadline deadline) {
    state_->check_room();
    const auto borrower = std::make_shared<Borrower>(Unit{state_->executor, {}, deadline});
    const auto enqueue = [state = state_.get()](UnitPointer taken) {
        state->enqueue(std::static_pointer_cast<Borrower>(std::move(taken)));
    };
    co_await wait_for_answer(borrower, enqueue);
    borrower->lent->begin();
    co_return Transaction(std::move(borrower->lent));
}

Task<> Pool::close(Deadline deadline) {
    state_->closing = true;
    while (!state_->at_rest() && Clock::now() < deadline) {
        co_await state_->change(deadline);
    }
    state_->stop();
}

} // namespace tandem::postgres
