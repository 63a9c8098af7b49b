#include "services/product/infrastructure/inbox_cleaning.hpp"

#include "libs/async/sleep.hpp"
#include "libs/messaging/outbox.hpp"
#include "libs/telemetry/log.hpp"

namespace tandem::product {

Task<> keep_inbox_small(postgres::Pool& pool) {
    for (;;) {
        co_await async::sleep_for(std::chrono::hours(1));
        std::vector<postgres::Statement> cleaning{messaging::forget_old_events()};
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(1);
        try {
            co_await pool.execute(std::move(cleaning), deadline);
        } catch (const std::runtime_error& error) { // unreachable, or refused: either way in an hour again
            telemetry::log_warn("the inbox could not be cleaned", {{"reason", error.what()}});
        }
    }
}

} // namespace tandem::product
