#include "services/product/core/stock_keeping.hpp"

#include <fmt/format.h>
#include <utility>

namespace tandem::product {
namespace {

StockScope scope_of(const std::vector<OrderNotice>& notices) {
    std::set<std::string> events;
    std::set<OrderId> orders;
    std::set<ProductId> products;
    for (const OrderNotice& notice : notices) {
        events.insert(notice.event_id);
        orders.insert(notice.order.id);
        for (const OrderLine& line : notice.order.lines) {
            products.insert(line.product);
        }
    }
    return {
        {events.begin(), events.end()}, {orders.begin(), orders.end()}, {products.begin(), products.end()}};
}

Decision decide(StockLedger& ledger, const OrderNotice& notice) {
    switch (notice.kind) {
    case OrderNotice::Kind::created:
        return ledger.reserve(notice.order);
    case OrderNotice::Kind::paid:
        return ledger.commit(notice.order.id);
    case OrderNotice::Kind::failed:
        return ledger.release(notice.order.id);
    case OrderNotice::Kind::cancelled:
        return ledger.cancel(notice.order.id);
    }
    std::unreachable();
}

void announce(StockEntries& entries, const OrderNotice& notice, const Decision& decision) {
    using Kind = StockAnnouncement::Kind;
    switch (decision.effect) {
    case Effect::reserved:
        entries.announcements.push_back({Kind::reserved, notice.order, "", "", notice.context});
        break;
    case Effect::rejected:
        entries.announcements.push_back({Kind::rejected,
                                         notice.order,
                                         std::string(to_string(decision.rejection->reason)),
                                         decision.rejection->message,
                                         notice.context});
        break;
    case Effect::released:
    case Effect::restocked:
        entries.announcements.push_back({Kind::released, notice.order, notice.reason, "", notice.context});
        break;
    case Effect::refused:
        entries.refused_orders.push_back(notice.order.id);
        break;
    case Effect::premature:
        entries.postponed_events.push_back(notice.event_id);
        break;
    case Effect::nothing:
    case Effect::committed:
        break;
    }
}

void remember_buyer(StockEntries& entries, const OrderNotice& notice) {
    for (const OrderLine& line : notice.order.lines) {
        entries.purchases.insert({notice.order.user, line.product});
    }
}

struct Outcome {
    StockEntries entries;
    std::vector<StockKeeping::Settlement> settlements;
};

Outcome decide_all(StockPage& page, const std::vector<OrderNotice>& notices) {
    std::set<std::string> unhandled = page.new_events();
    Outcome outcome;
    for (const OrderNotice& notice : notices) {
        if (unhandled.erase(notice.event_id) == 0) {
            outcome.settlements.emplace_back();
            continue;
        }
        const Decision decision = decide(page.ledger(), notice);
        outcome.settlements.emplace_back(decision.effect);
        announce(outcome.entries, notice, decision);
        if (decision.effect != Effect::premature && notice.kind == OrderNotice::Kind::paid) {
            remember_buyer(outcome.entries, notice);
        }
    }
    return outcome;
}

} // namespace

Task<std::vector<StockKeeping::Settlement>> StockKeeping::settle(std::vector<OrderNotice> notices) {
    if (notices.empty()) {
        co_return std::vector<Settlement>();
    }
    for (int tries = 1;; ++tries) {
        try {
            StockScope scope = scope_of(notices);
            const std::unique_ptr<StockPage> page = co_await book_.open(std::move(scope));
            Outcome outcome = decide_all(*page, notices);
            co_await page->write(std::move(outcome.entries));
            co_return std::move(outcome.settlements);
        } catch (const Contention&) {
            if (tries == attempts_max) {
                throw;
            }
        }
    }
}

} // namespace tandem::product
