#include "services/product/infrastructure/postgres_stock_book.hpp"

#include "libs/messaging/inbox.hpp"
#include "services/product/infrastructure/postgres_stock_page.hpp"
#include "services/product/infrastructure/product_rows.hpp"

#include <utility>

namespace tandem::product {
namespace {

using postgres::Params;
using postgres::Query;
using postgres::Rows;
using postgres::Statement;

constexpr std::chrono::seconds begin_timeout{10};

constexpr Query lock_shelves{
    "stock.lock",
    "SELECT s.product_id, p.name, p.price_cents, p.deleted_at IS NULL,"
    " s.initial, s.restocked, s.available, s.reserved, s.sold"
    " FROM stock s JOIN products p ON p.id = s.product_id"
    " WHERE s.product_id IN (SELECT unnest($1::bigint[])"
    " UNION SELECT product_id FROM reservation_lines WHERE order_id = ANY($2::bigint[]))"
    " ORDER BY s.product_id FOR UPDATE OF s"};
constexpr Query lock_reservations{
    "reservation.lock",
    "SELECT r.order_id, r.state, l.product_id, l.quantity"
    " FROM order_reservations r LEFT JOIN reservation_lines l ON l.order_id = r.order_id"
    " WHERE r.order_id = ANY($1::bigint[]) ORDER BY r.order_id, l.product_id FOR UPDATE OF r"};

template <class Thing>
std::vector<std::int64_t> numbers(const std::vector<Id<Thing>>& ids) {
    std::vector<std::int64_t> result;
    for (const Id<Thing> id : ids) {
        result.push_back(id.value());
    }
    return result;
}

void fill_shelves(StockLedger& ledger, const Rows& rows) {
    for (const postgres::Row row : rows) {
        auto [product, item] = read_shelf_item(row);
        ledger.put_on_shelf(product, std::move(item));
    }
}

void fill_reservations(StockLedger& ledger, const Rows& rows) {
    std::map<OrderId, Reservation> reservations;
    for (const postgres::Row row : rows) {
        Reservation& reservation = reservations[OrderId(row.integer(0))];
        const auto state = parse_reservation_state(row.text(1));
        reservation.state = state.value();
        if (!row.is_null(2)) {
            reservation.lines.push_back({ProductId(row.integer(2)), row.integer(3)});
        }
    }
    for (auto& [order, reservation] : reservations) {
        ledger.remember(order, std::move(reservation));
    }
}

} // namespace

PostgresStockBook::PostgresStockBook(postgres::Pool& pool, const Clock& clock, std::function<void()> stored)
    : pool_(pool), clock_(clock), stored_(std::move(stored)) {}

Task<std::unique_ptr<StockPage>> PostgresStockBook::open(StockScope scope) {
    const std::vector<std::int64_t> orders = numbers(scope.orders);
    std::vector<Statement> statements;
    statements.push_back(messaging::remember_events(scope.event_ids));
    statements.push_back({lock_shelves, Params(numbers(scope.products), orders)});
    statements.push_back({lock_reservations, Params(orders)});
    const auto deadline = std::chrono::steady_clock::now() + begin_timeout;
    postgres::Transaction transaction = co_await pool_.begin(deadline);
    try {
        const auto results = co_await transaction.execute(std::move(statements));
        std::set<std::string> new_events;
        for (const postgres::Row row : results[0]) {
            new_events.insert(row.text(0));
        }
        StockLedger ledger;
        fill_shelves(ledger, results[1]);
        fill_reservations(ledger, results[2]);
        co_return std::make_unique<PostgresStockPage>(
            std::move(transaction), clock_, stored_, std::move(new_events), std::move(ledger));
    } catch (const postgres::StatementError& error) {
        throw_if_contention(error);
        throw;
    }
}

} // namespace tandem::product
