#include "services/payment/api/order_events_consumer.hpp"

#include "libs/json/json.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace tandem::payment {
namespace {

using messaging::Verdict;

/// What we need of stock.reserved, order.failed and order.cancelled.
struct OrderEvent {
    std::int64_t order_id = 0;
    std::int64_t user_id = 0;
    std::string user_email;
    Money total_amount;
    std::string payment_method;
    std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(OrderEvent, (), (order_id, user_id, user_email, total_amount, payment_method, reason))

/// Orders that failed so were never reserved, or are the echo of our own verdict.
bool needs_no_void(const std::optional<std::string>& reason) {
    constexpr std::array<std::string_view, 5> words{
        "out_of_stock", "price_changed", "unknown_product", "payment_declined", "payment_unavailable"};
    return reason && std::ranges::find(words, *reason) != words.end();
}

std::optional<OrderNotice::Kind> kind_of(std::string_view event_type) {
    if (event_type == "stock.reserved") {
        return OrderNotice::Kind::stock_reserved;
    }
    if (event_type == "order.failed" || event_type == "order.cancelled") {
        return OrderNotice::Kind::order_ended;
    }
    return std::nullopt;
}

} // namespace

std::optional<ReadNotice> read_order_notice(const messaging::Delivery& delivery) {
    const auto kind = kind_of(delivery.event_type);
    if (!kind) {
        return ReadNotice{};
    }
    auto event = json::read<OrderEvent>(delivery.body);
    if (!event || event->order_id <= 0 || event->total_amount <= Money()) {
        return std::nullopt;
    }
    if (*kind == OrderNotice::Kind::order_ended && needs_no_void(event->reason)) {
        return ReadNotice{};
    }
    Purchase purchase{OrderId(event->order_id),
                      UserId(event->user_id),
                      std::move(event->user_email),
                      event->total_amount,
                      std::move(event->payment_method),
                      delivery.context};
    return ReadNotice{true, {delivery.event_id, *kind, std::move(purchase)}};
}

Task<std::vector<Verdict>> OrderEventsConsumer::handle(std::vector<messaging::Delivery> batch) {
    std::vector<Verdict> verdicts;
    std::vector<OrderNotice> notices;
    std::vector<std::size_t> places; // of the notices in the batch
    for (const messaging::Delivery& delivery : batch) {
        auto read = read_order_notice(delivery);
        verdicts.push_back(read ? Verdict::done : Verdict::dead);
        if (read && read->concerns_us) {
            notices.push_back(std::move(read->notice));
            places.push_back(verdicts.size() - 1);
        }
    }
    if (notices.empty()) {
        co_return verdicts;
    }
    const auto fresh = co_await payments_.take(std::move(notices), clock_.now());
    for (const std::size_t place : places) {
        if (!fresh.contains(batch[place].event_id)) {
            verdicts[place] = Verdict::duplicate;
        }
    }
    co_return verdicts;
}

} // namespace tandem::payment
