#include "lab/simulation/stores/order_store.hpp"

#include <algorithm>

namespace tandem::simulation {

using namespace order;

Task<> SimulatedOrders::change(std::vector<OrderId> ids,
                               std::vector<std::string> event_ids,
                               Decide decide,
                               Deadline begin_by) {
    for (int attempt = 1;; ++attempt) {
        try {
            co_await change_once(ids, event_ids, decide, begin_by);
            co_return;
        } catch (const LostRace&) {
            if (attempt == attempts_max) {
                throw;
            }
        }
    }
}

Task<> SimulatedOrders::change_once(std::vector<OrderId> ids,
                                    std::vector<std::string> event_ids,
                                    Decide decide,
                                    Deadline begin_by) {
    co_await store_.reach(node_);
    store_.expect_in_time(begin_by);
    Transaction transaction(store_.locks(), node_);
    HeldOrders held = co_await hold(transaction, std::move(ids), event_ids);
    co_await store_.come_back(node_);
    store_.expect_in_time(begin_by);
    decide(held);
    if (held.changes().empty() && event_ids.empty()) {
        co_return;
    }
    co_await store_.reach(node_);
    store(held, event_ids);
    transaction.release();
    committed();
    co_await store_.come_back(node_);
    if (store_.world().has(Bug::late_projection)) {
        for (const Change& change : held.changes()) {
            tables_.orders[change.after.id] = change.after;
        }
    }
    on_commit_();
}

Task<HeldOrders> SimulatedOrders::hold(Transaction& transaction,
                                       std::vector<OrderId> ids,
                                       std::vector<std::string> event_ids) {
    std::ranges::sort(ids);
    const auto repeated = std::ranges::unique(ids);
    ids.erase(repeated.begin(), repeated.end());
    std::erase_if(ids, [this](OrderId id) { return !tables_.orders.contains(id); });
    for (const OrderId id : ids) {
        if (!store_.world().has(Bug::no_order_lock)) {
            co_await transaction.lock(Locks::row('o', id.value()));
        }
    }
    std::map<OrderId, order::Order> orders;
    for (const OrderId id : ids) {
        orders.emplace(id, load(id));
    }
    auto fresh = co_await store_.fresh_events(transaction, std::move(event_ids));
    co_return HeldOrders(std::move(orders), std::move(fresh), store_.world().scheduler.now());
}

order::Order SimulatedOrders::load(OrderId id) const {
    if (!store_.world().has(Bug::illegal_transition)) {
        return tables_.replay(id);
    }
    order::Order order;
    for (const OrderTables::Row& row : tables_.events.at(id)) {
        if (row.type != "order.shipped" && row.version == order.state().version + 1) {
            order.apply(row.event, row.at);
        }
    }
    return order;
}

void SimulatedOrders::store(const HeldOrders& held, const std::vector<std::string>& event_ids) {
    for (const Change& change : held.changes()) {
        append(change, held.now());
        store_.world().story.tell(
            node_.name(), "order {} is {}", change.after.id.value(), to_string(change.after.status));
    }
    std::set<std::string> handled(event_ids.begin(), event_ids.end());
    for (const std::string& id : held.messages_put_back()) {
        handled.erase(id);
    }
    store_.remember(handled);
}

} // namespace tandem::simulation
