#include "services/order/core/order_desk.hpp"

#include <optional>

namespace tandem::order {
namespace {

Error no_such_order() {
    return {ErrorKind::not_found, "There is no such order."};
}

Error only_for_administrators() {
    return {ErrorKind::forbidden, "Only an administrator can do this."};
}

Result<Decision> move_by_hand(const Order& order, OrderStatus to) {
    switch (to) {
    case OrderStatus::shipped:
        return order.ship();
    case OrderStatus::delivered:
        return order.deliver();
    case OrderStatus::cancelled:
        return order.cancel(Reason::cancelled_by_admin);
    case OrderStatus::pending:
    case OrderStatus::processing:
    case OrderStatus::paid:
    case OrderStatus::failed:
        break;
    }
    return fail(ErrorKind::conflict, "Nobody can make an order " + std::string(to_string(to)) + " by hand.");
}

} // namespace

Task<Result<StoredOrder>> OrderDesk::find(OrderId order, Caller caller) {
    auto stored = co_await orders_.find(order);
    if (!stored || !caller.may_see(stored->state.user)) {
        co_return fail(no_such_order());
    }
    co_return *std::move(stored);
}

Task<Result<std::vector<RecordedEvent>>> OrderDesk::history(OrderId order, Caller caller) {
    auto events = co_await orders_.history(order);
    if (events.empty() || !caller.may_see(std::get<Placed>(events.front().event).user)) {
        co_return fail(no_such_order());
    }
    co_return events;
}

Task<Result<std::vector<OrderSummary>>>
OrderDesk::list(UserId user, std::int64_t skip, std::int64_t limit, Caller caller) {
    if (!caller.may_see(user)) {
        co_return fail(ErrorKind::forbidden, "These are somebody else's orders.");
    }
    auto orders = co_await orders_.list(user, skip, limit);
    co_return orders;
}

Task<Result<std::vector<OrderSummary>>> OrderDesk::list_all(OrderFilter filter, Caller caller) {
    if (!caller.acts_for_all) {
        co_return fail(only_for_administrators());
    }
    auto orders = co_await orders_.list_all(filter);
    co_return orders;
}

Task<Result<StoredOrder>> OrderDesk::cancel(OrderId order, Caller caller) {
    Wish wish = [caller](const Order& held) -> Result<Decision> {
        const bool own = held.state().user == caller.user;
        return held.cancel(own ? Reason::cancelled_by_customer : Reason::cancelled_by_admin);
    };
    auto changed = co_await change(order, std::move(wish), caller);
    co_return changed;
}

Task<Result<StoredOrder>> OrderDesk::move(OrderId order, OrderStatus to, Caller caller) {
    if (!caller.acts_for_all) {
        co_return fail(only_for_administrators());
    }
    Wish wish = [to](const Order& held) { return move_by_hand(held, to); };
    auto changed = co_await change(order, std::move(wish), caller);
    co_return changed;
}

Task<Result<StoredOrder>> OrderDesk::change(OrderId order, Wish wish, Caller caller) {
    std::optional<Error> refusal;
    Orders::Decide decide = [&](HeldOrders& held) {
        refusal.reset();
        const Order* found = held.find(order);
        if (!found || !caller.may_see(found->state().user)) {
            refusal = no_such_order();
            return;
        }
        auto decision = wish(*found);
        if (!decision) {
            refusal = decision.error();
        } else if (*decision) {
            held.record(order, **std::move(decision), caller.context);
        }
    };
    std::vector<OrderId> ids{order};
    std::vector<std::string> no_messages;
    co_await orders_.change(std::move(ids), std::move(no_messages), std::move(decide), caller.deadline);
    if (refusal) {
        co_return fail(*std::move(refusal));
    }
    auto stored = co_await find(order, std::move(caller));
    co_return stored;
}

} // namespace tandem::order
