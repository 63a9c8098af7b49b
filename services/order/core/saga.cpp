#include "services/order/core/saga.hpp"

namespace tandem::order {
namespace {

Saga::Outcome follow_one(HeldOrders& held, const Fact& fact) {
    const bool is_new = held.take_message(fact.event_id);
    const Order* order = held.find(fact.order);
    if (!order) {
        held.put_back(fact.event_id);
        return Saga::Outcome::unknown;
    }
    if (!is_new) {
        return Saga::Outcome::repeated;
    }
    if (auto decision = fact.decide(*order)) {
        held.record(fact.order, *std::move(decision), fact.context);
    }
    return Saga::Outcome::followed;
}

} // namespace

Task<std::vector<Saga::Outcome>> Saga::follow(std::vector<Fact> facts) {
    std::vector<OrderId> orders;
    std::vector<std::string> event_ids;
    for (const Fact& fact : facts) {
        orders.push_back(fact.order);
        event_ids.push_back(fact.event_id);
    }
    std::vector<Outcome> outcomes;
    Orders::Decide decide = [&facts, &outcomes](HeldOrders& held) {
        outcomes.clear();
        for (const Fact& fact : facts) {
            outcomes.push_back(follow_one(held, fact));
        }
    };
    co_await orders_.change(std::move(orders), std::move(event_ids), std::move(decide), Deadline::max());
    co_return outcomes;
}

Task<std::size_t> Saga::expire_overdue(std::int64_t batch, Context context) {
    const Timestamp moment = clock_.now() - expiry_;
    auto overdue = co_await orders_.open_since_before(moment, batch);
    if (overdue.empty()) {
        co_return 0U;
    }
    Orders::Decide decide = [&overdue, &context](HeldOrders& held) {
        for (const OrderId id : overdue) {
            const Order* order = held.find(id);
            if (auto decision = order ? order->expire() : std::nullopt) {
                held.record(id, *std::move(decision), context);
            }
        }
    };
    std::vector<std::string> no_messages;
    co_await orders_.change(overdue, std::move(no_messages), std::move(decide), Deadline::max());
    co_return overdue.size();
}

} // namespace tandem::order
