#include "lab/simulation/stores/payment_store.hpp"

#include "services/payment/core/notice_work.hpp"
#include "services/payment/infrastructure/payment_events.hpp"

#include <algorithm>

namespace tandem::simulation {

using namespace payment;

namespace {

bool is_open(const Payment::State& row) {
    return row.status == Status::pending || row.status == Status::refunding;
}

} // namespace

std::optional<Timestamp> PaymentTables::next_due() const {
    std::optional<Timestamp> next;
    for (const auto& [order, row] : payments) {
        if (is_open(row)) {
            next = next ? std::min(*next, row.due_at) : row.due_at;
        }
    }
    return next;
}

Task<std::set<std::string>> SimulatedPayments::take(std::vector<OrderNotice> notices, Timestamp now) {
    Store& store = tables_.store;
    co_await store.reach(node_);
    Transaction transaction(store.locks(), node_);
    std::vector<std::string> ids;
    for (const OrderNotice& notice : notices) {
        ids.push_back(notice.event_id);
    }
    const auto fresh = co_await store.fresh_events(transaction, std::move(ids));
    const NoticeWork work = work_of(std::move(notices), fresh, now);
    for (const Payment& wanted : work.new_payments) { // an insert waits for who inserts the same order
        co_await transaction.lock(Locks::row('p', wanted.state().purchase.order.value()));
    }
    co_await store.come_back(node_);
    co_await store.reach(node_);
    open_new(work.new_payments);
    void_ended(work.ended_orders, now);
    store.remember(fresh);
    transaction.release();
    co_await store.come_back(node_);
    due_();
    co_return fresh;
}

void SimulatedPayments::open_new(const std::vector<Payment>& payments) {
    for (const Payment& wanted : payments) {
        if (tables_.store.world().has(Bug::no_tombstone) && wanted.state().void_requested) {
            continue;
        }
        const auto [place, is_new] =
            tables_.payments.try_emplace(wanted.state().purchase.order, wanted.state());
        if (is_new) {
            place->second.id = PaymentId(++tables_.last_id);
        }
    }
}

void SimulatedPayments::void_ended(const std::vector<OrderId>& orders, Timestamp now) {
    World& world = tables_.store.world();
    for (const OrderId order : orders) {
        const auto place = tables_.payments.find(order);
        if (place == tables_.payments.end()) {
            continue; // no_tombstone
        }
        Row& row = place->second;
        Payment payment(row);
        if (!row.void_requested && !world.has(Bug::lost_compensation)) {
            payment.request_void(now);
            keep(row, payment, now);
            world.story.tell(node_.name(), "payment of order {} is to be voided", row.purchase.order.value());
        }
    }
}

bool SimulatedPayments::may_begin(const Row& row, const Claim& claim) {
    const bool given_up = row.void_requested || row.created_at <= claim.now - claim.give_up;
    const bool chosen = !claim.only_given_up || (row.status == Status::pending && given_up);
    return is_open(row) && row.due_at <= claim.now && chosen;
}

Task<std::vector<Payment>> SimulatedPayments::claim(Claim claim) {
    Store& store = tables_.store;
    co_await store.reach(node_);
    std::vector<Row*> due;
    for (auto& [order, row] : tables_.payments) {
        if (may_begin(row, claim)) {
            due.push_back(&row);
        }
    }
    std::ranges::sort(due, {}, [](const Row* row) { return std::pair(row->due_at, row->id); });
    due.resize(std::min(due.size(), claim.limit));
    std::vector<Payment> claimed;
    for (Row* row : due) {
        ++row->attempts;
        ++row->revision;
        row->due_at = claim.now + claim.lease;
        if (row->status == Status::pending && !row->void_requested &&
            row->created_at > claim.now - claim.give_up) {
            row->unsettled_until = claim.now + claim.settle;
        }
        claimed.emplace_back(*row);
    }
    co_await store.come_back(node_);
    co_return claimed;
}

void SimulatedPayments::keep(Row& row, const Payment& payment, Timestamp now) {
    const auto revision = row.revision + 1;
    row = payment.state();
    row.revision = revision;
    if (payment.announcement()) {
        tables_.store.publish_later(to_event(payment, *payment.announcement(), now));
    }
}

Task<bool> SimulatedPayments::save(Payment payment, Timestamp now) {
    Store& store = tables_.store;
    co_await store.reach(node_);
    Row& row = tables_.payments.at(payment.state().purchase.order);
    const bool saved = row.revision == payment.state().revision || store.world().has(Bug::lost_update);
    if (saved) {
        keep(row, payment, now);
        store.world().story.tell(
            node_.name(), "payment of order {} is {}", row.purchase.order.value(), to_string(row.status));
        store.committed(node_);
    }
    co_await store.come_back(node_);
    if (saved && payment.announcement()) {
        announced_();
    }
    if (saved && payment.state().status == Status::refunding) {
        due_();
    }
    co_return saved;
}

Task<std::optional<Payment>> SimulatedPayments::find(OrderId order) {
    co_await tables_.store.reach(node_);
    std::optional<Payment> found;
    if (const auto row = tables_.payments.find(order); row != tables_.payments.end()) {
        found.emplace(row->second);
    }
    co_await tables_.store.come_back(node_);
    co_return found;
}

} // namespace tandem::simulation
