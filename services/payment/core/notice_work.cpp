#include "services/payment/core/notice_work.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace tandem::payment {

NoticeWork work_of(std::vector<OrderNotice> notices, const std::set<std::string>& fresh, Timestamp now) {
    std::erase_if(notices, [&](const OrderNotice& notice) { return !fresh.contains(notice.event_id); });
    std::map<OrderId, OrderNotice> by_order;
    for (OrderNotice& notice : notices) {
        const auto [place, first] = by_order.try_emplace(notice.purchase.order, notice);
        if (!first && notice.kind == OrderNotice::Kind::order_ended) {
            place->second = std::move(notice);
        }
    }
    NoticeWork work;
    for (auto& [order, notice] : by_order) {
        const bool ended = notice.kind == OrderNotice::Kind::order_ended;
        work.new_payments.push_back(ended ? Payment::tombstone(std::move(notice.purchase), now)
                                          : Payment::request(std::move(notice.purchase), now));
        if (ended) {
            work.ended_orders.push_back(order);
        }
    }
    return work;
}

} // namespace tandem::payment
