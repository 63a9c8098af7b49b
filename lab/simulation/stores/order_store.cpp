#include "lab/simulation/stores/order_store.hpp"

#include "services/order/infrastructure/order_event_json.hpp"

#include <algorithm>

namespace tandem::simulation {

using namespace order;

order::Order OrderTables::replay(OrderId id) const {
    order::Order order;
    for (const Row& row : events.at(id)) {
        order.apply(row.event, row.at);
    }
    return order;
}

Task<OrderId> SimulatedOrders::next_id(Deadline begin_by) {
    co_await store_.reach(node_);
    store_.expect_in_time(begin_by);
    const OrderId id(++tables_.last_id);
    co_await store_.come_back(node_);
    co_return id;
}

Task<std::optional<OrderState>> SimulatedOrders::add(NewOrder order) {
    const Timestamp began = store_.world().scheduler.now();
    co_await store_.reach(node_);
    store_.expect_in_time(order.begin_by);
    const OrderTables::KeyName key{order.placed.user.value(), order.idempotency_key};
    const bool keyed = !order.idempotency_key.empty();
    if (keyed && tables_.keyed_orders.contains(key)) {
        co_return std::nullopt;
    }
    order::Order placed;
    placed.apply(order.placed, began);
    const OrderState state = placed.state();
    tables_.request_ids[state.id] = order.context.request_id;
    append({order.placed, state, order.context}, began);
    tables_.durations_ms[state.id] = order.took.count();
    if (keyed && !store_.world().has(Bug::key_not_unique)) {
        tables_.keyed_orders[key] = state.id;
    }
    store_.world().story.tell(
        node_.name(), "stores order {} for {}", state.id.value(), order.context.request_id);
    committed();
    co_await store_.come_back(node_);
    on_commit_();
    co_return state;
}

void SimulatedOrders::append(const Change& change, Timestamp now) {
    StoredEvent stored = write_event(change, now);
    tables_.events[change.after.id].push_back({change.after.version,
                                               stored.message.event_type,
                                               stored.message.body,
                                               read_event(stored.message.event_type, stored.message.body),
                                               now});
    if (!store_.world().has(Bug::late_projection) || change.after.version == 1) {
        tables_.orders[change.after.id] = change.after;
    }
    if (stored.routing_key) {
        store_.publish_later(std::move(stored.message));
    }
}

void SimulatedOrders::committed() {
    store_.committed(node_);
    for (const auto& tell : tables_.on_opened) {
        tell();
    }
}

Task<std::optional<StoredOrder>> SimulatedOrders::find(OrderId order) {
    co_await store_.reach(node_);
    std::optional<StoredOrder> found;
    if (const auto row = tables_.orders.find(order); row != tables_.orders.end()) {
        found = StoredOrder{row->second, tables_.durations_ms.at(order)};
    }
    co_await store_.come_back(node_);
    co_return found;
}

Task<std::vector<OrderSummary>> SimulatedOrders::list(UserId, std::int64_t, std::int64_t) {
    throw std::logic_error("nobody lists orders in the simulation");
    co_return std::vector<OrderSummary>();
}

Task<std::vector<OrderSummary>> SimulatedOrders::list_all(OrderFilter) {
    throw std::logic_error("nobody lists orders in the simulation");
    co_return std::vector<OrderSummary>();
}

Task<std::vector<RecordedEvent>> SimulatedOrders::history(OrderId order) {
    co_await store_.reach(node_);
    std::vector<RecordedEvent> events;
    if (const auto rows = tables_.events.find(order); rows != tables_.events.end()) {
        for (const OrderTables::Row& row : rows->second) {
            events.push_back({row.version, row.at, row.type, row.body, row.event});
        }
    }
    co_await store_.come_back(node_);
    co_return events;
}

Task<std::vector<std::pair<OrderId, int>>> SimulatedOrders::versions(std::vector<OrderId>) {
    throw std::logic_error("nobody watches orders in the simulation");
    co_return std::vector<std::pair<OrderId, int>>();
}

Task<std::vector<OrderId>> SimulatedOrders::open_since_before(Timestamp moment, std::int64_t limit) {
    co_await store_.reach(node_);
    std::vector<OrderId> open;
    for (const auto& [id, state] : tables_.orders) {
        const bool is_open = state.status == OrderStatus::pending || state.status == OrderStatus::processing;
        if (is_open && state.created_at < moment && std::ssize(open) < limit) {
            open.push_back(id);
        }
    }
    co_await store_.come_back(node_);
    co_return open;
}

} // namespace tandem::simulation
