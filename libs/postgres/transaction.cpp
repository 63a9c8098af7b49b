#include "libs/postgres/pool_state.hpp"

namespace tandem::postgres {
namespace {

constexpr Query begin_statement{"transaction.begin", "BEGIN"};
constexpr Query commit_statement{"transaction.commit", "COMMIT"};
// Beyond the server's own statement_timeout, so that its answer comes first if it comes at all.
constexpr std::chrono::seconds answer_grace{1};

Loan& loan_of(const std::unique_ptr<Loan>& loan) {
    if (!loan) {
        throw std::logic_error("the transaction has ended");
    }
    return *loan;
}

} // namespace

void Loan::begin() {
    const auto unit =
        std::make_shared<Unit>(pool->executor, std::vector<Statement>{{begin_statement, Params()}});
    unit->resume = [] {};
    connection->submit({unit});
}

Task<std::vector<Rows>> Loan::run(std::vector<Statement> statements) {
    if (!connection->up()) {
        throw Unavailable("the connection of this transaction broke");
    }
    const auto unit = std::make_shared<Unit>(pool->executor, std::move(statements));
    unit->deadline = unit->submitted_at + pool->options.statement_timeout + answer_grace;
    const auto enqueue = [this](UnitPointer taken) {
        connection->submit({std::move(taken)});
        pool->sweep_soon();
    };
    co_await wait_for_answer(unit, enqueue);
    pool->observe(*unit);
    co_return std::move(unit->rows);
}

Transaction::Transaction(std::unique_ptr<Loan> loan) : loan_(std::move(loan)) {}
Transaction::Transaction(Transaction&&) noexcept = default;
Transaction::~Transaction() = default;

Task<Rows> Transaction::query(Query query, Params params) {
    std::vector<Statement> statements;
    statements.push_back({query, std::move(params)});
    std::vector<Rows> rows = co_await loan_of(loan_).run(std::move(statements));
    co_return std::move(rows.front());
}

Task<std::vector<Rows>> Transaction::execute(std::vector<Statement> statements) {
    if (statements.empty()) {
        co_return std::vector<Rows>();
    }
    co_return co_await loan_of(loan_).run(std::move(statements));
}

Task<> Transaction::commit() {
    std::vector<Statement> statements;
    statements.push_back({commit_statement, Params()});
    std::vector<Rows> rows;
    try {
        rows = co_await loan_of(loan_).run(std::move(statements));
    } catch (const DeadlineExceeded& late) {
        throw Unavailable(late.what());
    }
    // COMMIT after a failed statement succeeds, as a rollback.
    if (rows.front().command() != "COMMIT") {
        throw StatementError("transaction.commit: rolled back, a statement had failed", "25P02", "");
    }
    loan_->ended = true;
    loan_.reset();
}

} // namespace tandem::postgres
