#include "services/cart/infrastructure/postgres_event_book.hpp"

#include "libs/async/sleep.hpp"
#include "libs/messaging/outbox.hpp"
#include "libs/telemetry/log.hpp"
#include "services/cart/infrastructure/cart_statements.hpp"

#include <set>

namespace tandem::cart {
namespace {

using postgres::Statement;

constexpr std::chrono::seconds record_timeout{30};

std::set<std::string> texts(const postgres::Rows& rows) {
    std::set<std::string> result;
    for (const postgres::Row row : rows) {
        result.insert(row.text(0));
    }
    return result;
}

std::vector<Statement> effects_of(std::vector<ShopEvent> events) {
    std::vector<std::string> ids;
    std::vector<Purchase> purchases;
    std::vector<std::int64_t> buyers;
    std::vector<ProductNews> news;
    for (ShopEvent& event : events) {
        ids.push_back(std::move(event.event_id));
        if (auto* purchase = std::get_if<Purchase>(&event.what)) {
            buyers.push_back(purchase->buyer.value());
            purchases.push_back(std::move(*purchase));
        } else {
            news.push_back(std::get<ProductNews>(std::move(event.what)));
        }
    }
    std::vector<Statement> statements;
    statements.push_back(messaging::remember_events(ids));
    if (!purchases.empty()) {
        statements.push_back(lock_carts(buyers));
        statements.push_back(take_out_purchases(purchases));
    }
    if (!news.empty()) {
        statements.push_back(learn_products(news));
    }
    return statements;
}

} // namespace

Task<> PostgresEventBook::record(std::vector<ShopEvent> events) {
    const Deadline deadline = std::chrono::steady_clock::now() + record_timeout;
    // Most orders have left the cart before their event comes: then there is nothing to lock.
    Statement ask = find_fresh(events);
    const postgres::Rows rows = co_await pool_.query(ask.query, std::move(ask.params), deadline);
    const std::set<std::string> fresh = texts(rows);
    std::erase_if(events, [&](const ShopEvent& event) { return !fresh.contains(event.event_id); });
    if (!events.empty()) {
        co_await pool_.execute(effects_of(std::move(events)), deadline);
    }
}

Task<> keep_books_small(postgres::Pool& pool) {
    for (;;) {
        co_await async::sleep_for(std::chrono::hours(1));
        std::vector<Statement> cleaning;
        cleaning.push_back(messaging::forget_old_events());
        cleaning.push_back(forget_old_purchases());
        const Deadline deadline = std::chrono::steady_clock::now() + record_timeout;
        try {
            co_await pool.execute(std::move(cleaning), deadline);
        } catch (const std::runtime_error& error) { // unreachable, or refused: either way in an hour again
            telemetry::log_warn("old events could not be forgotten", {{"reason", error.what()}});
        }
    }
}

} // namespace tandem::cart
