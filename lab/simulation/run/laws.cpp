#include "lab/simulation/run/laws.hpp"

#include <algorithm>

namespace tandem::simulation {
namespace {

using order::OrderState;
using order::OrderStatus;

bool holds_money(OrderStatus status) {
    return status == OrderStatus::paid || status == OrderStatus::shipped || status == OrderStatus::delivered;
}

bool is_final(OrderStatus status) {
    return holds_money(status) || status == OrderStatus::failed || status == OrderStatus::cancelled;
}

/// One order for each checkout that was accepted, none without one, each in a final state.
void each_checkout_is_one_order(Shop& shop, const People& people) {
    World& world = shop.world();
    std::map<std::string, std::vector<order::OrderId>> made;
    for (const auto& [id, request] : shop.order_tables.request_ids) {
        made[request].push_back(id);
    }
    for (const auto& intent : people.intents()) {
        const auto& orders = made[intent->request_id];
        if (orders.size() > 1) {
            world.violation(fmt::format("{} has become {} orders", intent->request_id, orders.size()));
        }
        for (const order::OrderId accepted : intent->accepted) {
            if (std::ranges::find(orders, accepted) == orders.end()) {
                world.violation(fmt::format(
                    "{} was told of order {}, which is not its own", intent->request_id, accepted.value()));
            }
        }
        if (intent->refused && intent->accepted.empty() && !orders.empty()) {
            world.violation(fmt::format(
                "{} was refused, and is order {} all the same", intent->request_id, orders.front().value()));
        }
        if (!intent->key.empty() && intent->accepted.empty() && !intent->refused && !orders.empty()) {
            world.violation(fmt::format("{} never got its answer", intent->request_id));
        }
    }
    for (const auto& [id, state] : shop.order_tables.orders) {
        if (!is_final(state.status)) {
            world.violation(fmt::format("order {} rests as {}", id.value(), to_string(state.status)));
        }
    }
}

/// Captured minus refunded is the total of an order that is paid, and nothing for any other.
void money_is_right(Shop& shop) {
    std::map<std::int64_t, Money> kept;
    for (const CardNetwork::Charge& charge : shop.card_network.charges()) {
        kept[charge.order] += charge.amount - charge.refunded;
    }
    for (const auto& [id, state] : shop.order_tables.orders) {
        const Money due = holds_money(state.status) ? state.total : Money();
        if (kept[id.value()] != due) {
            shop.world().violation(fmt::format("order {} is {} of {}, but {} are kept",
                                               id.value(),
                                               to_string(state.status),
                                               state.total.to_string(),
                                               kept[id.value()].to_string()));
        }
    }
    for (const auto& [id, payment] : shop.payment_tables.payments) {
        if (payment.status == payment::Status::pending || payment.status == payment::Status::refunding) {
            shop.world().violation(
                fmt::format("the payment of order {} rests as {}", id.value(), to_string(payment.status)));
        }
    }
}

/// What came in is available or sold, nothing is reserved, and what is sold is what paid orders have.
void stock_is_right(Shop& shop) {
    std::map<std::int64_t, std::int64_t> bought;
    for (const auto& [id, state] : shop.order_tables.orders) {
        for (const order::OrderLine& line : state.lines) {
            bought[line.product.value()] += holds_money(state.status) ? line.quantity : 0;
        }
    }
    for (const auto& [product, item] : shop.stock_tables.shelf) {
        const product::Stock& stock = item.stock;
        if (!stock.balanced() || stock.reserved != 0 || stock.sold != bought[product.value()]) {
            shop.world().violation(fmt::format(
                "product {}: {} came in, {} are available, {} reserved, {} sold; paid orders have {}",
                product.value(),
                stock.initial,
                stock.available,
                stock.reserved,
                stock.sold,
                bought[product.value()]));
        }
    }
}

} // namespace

void check_laws(Shop& shop, const People& people) {
    each_checkout_is_one_order(shop, people);
    money_is_right(shop);
    stock_is_right(shop);
    check_records(shop, people);
}

} // namespace tandem::simulation
