#include "libs/postgres/forgetting.hpp"

#include "libs/async/keep_going.hpp"

namespace tandem::postgres {
namespace {

constexpr std::chrono::seconds begin_patience{10};
constexpr std::chrono::milliseconds first_rest{1'000};

Task<std::int64_t> take_bite(Pool& pool, Statement bite) {
    const auto deadline = std::chrono::steady_clock::now() + begin_patience;
    Transaction transaction = co_await pool.begin(deadline);
    const Rows rows = co_await transaction.query(bite.query, std::move(bite.params));
    co_await transaction.commit();
    co_return rows.affected();
}

/// Until a bite is not full.
Task<> take_bites(Pool& pool, const Forgetting& forgetting) {
    std::int64_t rows = forgetting.bite_rows_max;
    while (rows >= forgetting.bite_rows_max) {
        rows = co_await take_bite(pool, forgetting.bite);
    }
}

} // namespace

Task<> keep_forgetting(Pool& pool, Forgetting forgetting) {
    const async::Rests rests{.first = std::min(first_rest, forgetting.pause), .longest = forgetting.pause};
    auto forget = [&pool, &forgetting] { return take_bites(pool, forgetting); };
    co_await async::repeat("forgetting " + forgetting.what, forgetting.pause, std::move(forget), rests);
}

} // namespace tandem::postgres
