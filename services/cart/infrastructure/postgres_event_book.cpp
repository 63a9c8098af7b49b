#include "services/cart/infrastructure/postgres_event_book.hpp"

#include "libs/messaging/inbox.hpp"
#include "libs/postgres/forgetting.hpp"
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

Task<> keep_purchases_few(postgres::Pool& pool) {
    postgres::Forgetting purchases;
    purchases.what = "purchases";
    purchases.bite = forget_old_purchases(purchases.bite_rows_max);
    return postgres::keep_forgetting(pool, std::move(purchases));
}

} // namespace tandem::cart
