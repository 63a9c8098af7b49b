#include "libs/postgres/forgetting.hpp"

#include "libs/async/sleep.hpp"
#include "libs/telemetry/log.hpp"

namespace tandem::postgres {
namespace {

constexpr std::chrono::seconds begin_patience{10};

Task<std::int64_t> take_bite(Pool& pool, Statement bite) {
    const auto deadline = std::chrono::steady_clock::now() + begin_patience;
    Transaction transaction = co_await pool.begin(deadline);
    const Rows rows = co_await transaction.query(bite.query, std::move(bite.params));
    co_await transaction.commit();
    co_return rows.affected();
}

/// Until a bite is not full. Gives the problem that ended the round early, if one did.
Task<std::string> take_bites(Pool& pool, Forgetting forgetting) {
    std::string problem;
    try {
        std::int64_t rows = forgetting.bite_rows_max;
        while (rows >= forgetting.bite_rows_max) {
            rows = co_await take_bite(pool, forgetting.bite);
        }
    } catch (const Unavailable& error) {
        problem = error.what();
    } catch (const StatementError& error) {
        problem = error.what();
    }
    co_return problem;
}

} // namespace

Task<> keep_forgetting(Pool& pool, Forgetting forgetting) {
    for (;;) {
        const std::string problem = co_await take_bites(pool, forgetting);
        if (!problem.empty()) {
            telemetry::log_warn("old rows stay for now", {{"what", forgetting.what}, {"reason", problem}});
        }
        co_await async::sleep_for(forgetting.pause);
    }
}

} // namespace tandem::postgres
