#include "services/product/infrastructure/postgres_stock_page.hpp"

#include "libs/messaging/outbox.hpp"
#include "libs/telemetry/log.hpp"
#include "libs/telemetry/metrics.hpp"
#include "services/product/infrastructure/events.hpp"

#include <utility>

namespace tandem::product {
namespace {

using postgres::Params;
using postgres::Query;
using postgres::Statement;
using Records = std::vector<StockLedger::ReservationRecord>;

constexpr Query insert_reservations{"reservation.insert",
                                    "INSERT INTO order_reservations (order_id, state)"
                                    " SELECT * FROM unnest($1::bigint[], $2::text[])"};
constexpr Query insert_lines{"reservation.insert_lines",
                             "INSERT INTO reservation_lines (order_id, product_id, quantity)"
                             " SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[])"};
constexpr Query update_reservations{
    "reservation.update",
    "UPDATE order_reservations r SET state = c.state, updated_at = now()"
    " FROM unnest($1::bigint[], $2::text[]) AS c (order_id, state) WHERE r.order_id = c.order_id"};
constexpr Query update_stock{
    "stock.update",
    "UPDATE stock s SET available = s.available + m.available, reserved = s.reserved + m.reserved,"
    " sold = s.sold + m.sold"
    " FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[])"
    " AS m (product_id, available, reserved, sold) WHERE s.product_id = m.product_id"};
constexpr Query insert_buyers{"buyer.insert",
                              "INSERT INTO buyers (user_id, product_id)"
                              " SELECT * FROM unnest($1::bigint[], $2::bigint[]) ON CONFLICT DO NOTHING"};
constexpr Query forget_events{"inbox.postpone", "DELETE FROM inbox WHERE event_id = ANY($1::uuid[])"};

Params states_of(const Records& records) {
    std::vector<std::int64_t> orders;
    std::vector<std::string> states;
    for (const auto& record : records) {
        orders.push_back(record.order.value());
        states.emplace_back(to_string(record.reservation.state));
    }
    return Params(orders, states);
}

void add_reservations(std::vector<Statement>& statements, const StockLedger& ledger) {
    const Records fresh = ledger.new_reservations();
    const Records changed = ledger.changed_reservations();
    if (!fresh.empty()) {
        statements.push_back({insert_reservations, states_of(fresh)});
    }
    std::vector<std::int64_t> orders;
    std::vector<std::int64_t> products;
    std::vector<std::int64_t> quantities;
    for (const auto& record : fresh) {
        for (const ReservedLine& line : record.reservation.lines) {
            orders.push_back(record.order.value());
            products.push_back(line.product.value());
            quantities.push_back(line.quantity);
        }
    }
    if (!orders.empty()) {
        statements.push_back({insert_lines, Params(orders, products, quantities)});
    }
    if (!changed.empty()) {
        statements.push_back({update_reservations, states_of(changed)});
    }
}

void add_moves(std::vector<Statement>& statements, const StockLedger& ledger) {
    std::vector<std::int64_t> products;
    std::vector<std::int64_t> available;
    std::vector<std::int64_t> reserved;
    std::vector<std::int64_t> sold;
    for (const auto& move : ledger.moves()) {
        products.push_back(move.product.value());
        available.push_back(move.available);
        reserved.push_back(move.reserved);
        sold.push_back(move.sold);
    }
    if (!products.empty()) {
        statements.push_back({update_stock, Params(products, available, reserved, sold)});
    }
}

void add_buyers(std::vector<Statement>& statements, const std::set<Purchase>& purchases) {
    std::vector<std::int64_t> users;
    std::vector<std::int64_t> products;
    for (const Purchase& purchase : purchases) {
        users.push_back(purchase.user.value());
        products.push_back(purchase.product.value());
    }
    if (!users.empty()) {
        statements.push_back({insert_buyers, Params(users, products)});
    }
}

std::string_view to_string(StockAnnouncement::Kind kind) {
    switch (kind) {
    case StockAnnouncement::Kind::reserved:
        return "reserved";
    case StockAnnouncement::Kind::rejected:
        return "rejected";
    case StockAnnouncement::Kind::released:
        return "released";
    }
    std::unreachable();
}

void count_decisions(std::string_view decision, std::size_t number) {
    if (number > 0) {
        telemetry::counter("tandem_product_stock_decisions_total",
                           "Orders by what was decided on their stock",
                           {{"decision", std::string(decision)}})
            .add(static_cast<double>(number));
    }
}

} // namespace

void throw_if_contention(const postgres::StatementError& error) {
    const std::string& state = error.sqlstate();
    if (state == "40P01" || state == "40001" || error.unique_violation()) {
        throw Contention(error.what());
    }
}

PostgresStockPage::PostgresStockPage(postgres::Transaction transaction,
                                     const Clock& clock,
                                     const std::function<void()>& stored,
                                     std::set<std::string> new_events,
                                     StockLedger ledger)
    : transaction_(std::move(transaction)), clock_(clock), stored_(stored),
      new_events_(std::move(new_events)), ledger_(std::move(ledger)) {}

std::vector<Statement> PostgresStockPage::to_write(StockEntries entries) const {
    std::vector<Statement> statements;
    add_reservations(statements, ledger_);
    add_moves(statements, ledger_);
    add_buyers(statements, entries.purchases);
    if (!entries.postponed_events.empty()) {
        statements.push_back({forget_events, Params(entries.postponed_events)});
    }
    std::vector<messaging::OutgoingEvent> events;
    for (StockAnnouncement& announcement : entries.announcements) {
        events.push_back(stock_event(std::move(announcement), clock_.now()));
    }
    if (!events.empty()) {
        statements.push_back(messaging::store_events(events));
    }
    return statements;
}

Task<> PostgresStockPage::write(StockEntries entries) {
    std::map<std::string_view, std::size_t> decisions;
    for (const StockAnnouncement& announcement : entries.announcements) {
        ++decisions[to_string(announcement.kind)];
    }
    const std::vector<OrderId> refused = entries.refused_orders;
    try {
        auto writes = to_write(std::move(entries));
        if (!writes.empty()) {
            co_await transaction_.execute(std::move(writes));
        }
        co_await transaction_.commit();
    } catch (const postgres::StatementError& error) {
        throw_if_contention(error);
        throw;
    }
    for (const auto& [decision, number] : decisions) {
        count_decisions(decision, number);
    }
    count_decisions("refused", refused.size());
    for (const OrderId order : refused) {
        telemetry::log_warn("a paid order holds no stock any more", {{"order_id", order.value()}});
    }
    if (!decisions.empty()) {
        stored_();
    }
}

} // namespace tandem::product
