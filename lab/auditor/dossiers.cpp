#include "lab/auditor/dossiers.hpp"

#include <algorithm>
#include <limits>

namespace tandem::audit {
namespace {

constexpr std::int64_t none = std::numeric_limits<std::int64_t>::max();

std::vector<std::int64_t> orders_in(const Mailbox& mailbox, const Shop& shop) {
    std::vector<std::int64_t> orders;
    for (const auto& [order, mails] : mailbox.by_order) {
        if (order >= shop.order_first && order < shop.order_beyond) {
            orders.push_back(order);
        }
    }
    std::ranges::sort(orders);
    return orders;
}

} // namespace

Dossiers::Dossiers(const Shop& shop, Snapshots& snapshots, const World& world)
    : world_(world), mailed_(orders_in(world.mailbox, shop)), orders_(snapshots.session(shop.order)),
      events_(snapshots.session(shop.order)), items_(snapshots.session(shop.order)),
      timings_(snapshots.session(shop.order)), keys_(snapshots.session(shop.order)),
      notices_(snapshots.session(shop.order)), payments_(snapshots.session(shop.payment)),
      reservations_(snapshots.session(shop.product)), purchases_(snapshots.session(shop.cart)) {
    while (promise_ < world.promises.all.size() && world.promises.all[promise_].order_id < shop.order_first) {
        ++promise_;
    }
}

std::int64_t Dossiers::next_order() const {
    const auto& accounts = world_.accounts.all();
    const auto& promises = world_.promises.all;
    return std::min({orders_.next_order().value_or(none),
                     events_.next_order().value_or(none),
                     items_.next_order().value_or(none),
                     timings_.next_order().value_or(none),
                     keys_.next_order().value_or(none),
                     notices_.next_order().value_or(none),
                     payments_.next_order().value_or(none),
                     reservations_.next_order().value_or(none),
                     purchases_.next_order().value_or(none),
                     account_ < accounts.size() ? accounts[account_].order_id : none,
                     promise_ < promises.size() ? promises[promise_].order_id : none,
                     mailed_at_ < mailed_.size() ? mailed_[mailed_at_] : none});
}

void Dossiers::take_world(std::int64_t order, Dossier& dossier) {
    const auto& accounts = world_.accounts.all();
    const auto& promises = world_.promises.all;
    dossier.account.reset();
    dossier.promises.clear();
    dossier.mails.counts.clear();
    if (account_ < accounts.size() && accounts[account_].order_id == order) {
        dossier.account = accounts[account_++];
    }
    while (promise_ < promises.size() && promises[promise_].order_id == order) {
        dossier.promises.push_back(promises[promise_++]);
    }
    if (mailed_at_ < mailed_.size() && mailed_[mailed_at_] == order) {
        dossier.mails = world_.mailbox.by_order.at(mailed_[mailed_at_++]);
    }
}

bool Dossiers::next(Dossier& dossier) {
    const std::int64_t order = next_order();
    if (order == none) {
        return false;
    }
    dossier.order_id = order;
    orders_.take(order, dossier.orders);
    events_.take(order, dossier.events);
    items_.take(order, dossier.items);
    timings_.take(order, dossier.timings);
    keys_.take(order, dossier.keys);
    notices_.take(order, dossier.notices);
    payments_.take(order, dossier.payments);
    reservations_.take(order, dossier.reservation);
    purchases_.take(order, dossier.purchases);
    take_world(order, dossier);
    return true;
}

} // namespace tandem::audit
