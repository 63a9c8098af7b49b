#include "lab/simulation/stores/stock_store.hpp"

#include "services/product/infrastructure/events.hpp"

namespace tandem::simulation {

using namespace product;

namespace {

class SimulatedStockPage final : public StockPage {
public:
    SimulatedStockPage(StockTables& tables, Node& node, const std::function<void()>& stored)
        : transaction(tables.store.locks(), node), tables_(tables), node_(node), stored_(stored) {}

    const std::set<std::string>& new_events() const override { return fresh; }
    StockLedger& ledger() override { return stock; }

    Task<> write(StockEntries entries) override {
        co_await tables_.store.reach(node_);
        expect_no_conflict();
        keep_reservations();
        keep_stock();
        std::set<std::string> handled = fresh;
        for (const std::string& id : entries.postponed_events) {
            handled.erase(id);
        }
        tables_.store.remember(handled);
        tables_.buyers.insert(entries.purchases.begin(), entries.purchases.end());
        announce(std::move(entries.announcements));
        tables_.check_reserved();
        transaction.release();
        tables_.store.committed(node_);
        co_await tables_.store.come_back(node_);
        stored_();
    }

    Transaction transaction;
    std::set<std::string> fresh;
    StockLedger stock;

private:
    World& world() const { return tables_.store.world(); }

    /// The primary key and the CHECK constraints, which let nothing of the transaction pass.
    void expect_no_conflict() const {
        for (const auto& record : stock.new_reservations()) {
            if (tables_.reservations.contains(record.order) && !world().has(Bug::no_inbox)) {
                throw Contention("an order is reserved already");
            }
        }
        if (world().has(Bug::read_then_write)) {
            return;
        }
        for (const auto& move : stock.moves()) {
            const Stock& row = tables_.shelf.at(move.product).stock;
            if (row.available + move.available < 0 || row.reserved + move.reserved < 0 ||
                row.sold + move.sold < 0) {
                throw Refused("a CHECK constraint of stock");
            }
        }
    }
    void keep_reservations() {
        for (const auto& record : stock.new_reservations()) {
            if (world().has(Bug::no_tombstone) && record.reservation.state == ReservationState::tombstone) {
                continue;
            }
            tables_.reservations.insert_or_assign(record.order, record.reservation);
            world().story.tell(
                node_.name(), "order {} is {}", record.order.value(), to_string(record.reservation.state));
        }
        for (const auto& record : stock.changed_reservations()) {
            tables_.reservations.at(record.order).state = record.reservation.state;
            world().story.tell(
                node_.name(), "order {} is {}", record.order.value(), to_string(record.reservation.state));
        }
    }
    void keep_stock() {
        for (const auto& move : stock.moves()) {
            Stock& row = tables_.shelf.at(move.product).stock;
            if (world().has(Bug::read_then_write)) {
                row = stock.stock(move.product);
                continue;
            }
            row.available += move.available;
            row.reserved += move.reserved;
            row.sold += move.sold;
        }
    }
    void announce(std::vector<StockAnnouncement> announcements) {
        for (StockAnnouncement& announcement : announcements) {
            tables_.store.publish_later(stock_event(std::move(announcement), world().scheduler.now()));
        }
    }

    StockTables& tables_;
    Node& node_;
    const std::function<void()>& stored_;
};

} // namespace

void StockTables::check_reserved() {
    std::map<ProductId, std::int64_t> held;
    for (const auto& [order, reservation] : reservations) {
        for (const ReservedLine& line : reservation.lines) {
            held[line.product] += reservation.state == ReservationState::reserved ? line.quantity : 0;
        }
    }
    for (const auto& [product, item] : shelf) {
        const auto wanted = held.find(product);
        const std::int64_t units = wanted == held.end() ? 0 : wanted->second;
        if (item.stock.reserved != units || !item.stock.balanced()) {
            store.world().violation(fmt::format(
                "product {}: {} are reserved, orders hold {}", product.value(), item.stock.reserved, units));
        }
    }
}

void StockTables::change_price(ProductId product, Money price, Node& node) {
    ShelfItem& item = shelf.at(product);
    item.price = price;
    Product changed;
    changed.id = product;
    changed.name = item.name;
    changed.price = price;
    changed.available = item.stock.available;
    changed.updated_at = store.world().scheduler.now();
    store.world().story.tell(node.name(), "product {} costs {} now", product.value(), price.to_string());
    store.publish_later(product_changed(changed, Presence::in_catalog, {}));
    store.committed(node);
}

Task<std::unique_ptr<StockPage>> SimulatedStockBook::open(StockScope scope) {
    World& world = tables_.store.world();
    co_await tables_.store.reach(node_);
    auto page = std::make_unique<SimulatedStockPage>(tables_, node_, stored_);
    try {
        page->fresh = co_await tables_.store.fresh_events(page->transaction, std::move(scope.event_ids));
        std::set<ProductId> products(scope.products.begin(), scope.products.end());
        for (const OrderId order : scope.orders) {
            const auto found = tables_.reservations.find(order);
            if (found != tables_.reservations.end()) {
                for (const ReservedLine& line : found->second.lines) {
                    products.insert(line.product);
                }
            }
        }
        for (const ProductId product : products) {
            const auto row = tables_.shelf.find(product);
            if (row != tables_.shelf.end()) {
                if (!world.has(Bug::read_then_write)) {
                    co_await page->transaction.lock(Locks::row('s', product.value()));
                }
                page->stock.put_on_shelf(product, row->second);
            }
        }
        for (const OrderId order : scope.orders) {
            const auto row = tables_.reservations.find(order);
            if (row != tables_.reservations.end()) {
                co_await page->transaction.lock(Locks::row('r', order.value()));
                page->stock.remember(order, row->second);
            }
        }
    } catch (const LostRace& race) {
        throw Contention(race.what());
    }
    co_await tables_.store.come_back(node_);
    co_return page;
}

} // namespace tandem::simulation
