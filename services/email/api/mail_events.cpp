#include "services/email/api/mail_events.hpp"

#include "libs/json/json.hpp"
#include "libs/telemetry/log.hpp"

namespace tandem::email {
namespace {

struct ItemFields {
    std::string product_name;
    std::int64_t quantity;
    Money price;
};
BOOST_DESCRIBE_STRUCT(ItemFields, (), (product_name, quantity, price))

struct OrderFields {
    std::int64_t order_id;
    std::int64_t user_id;
    std::string user_email;
    std::vector<ItemFields> items;
    Money total_amount;
    std::optional<std::string> reason;
    std::optional<bool> was_paid;
    std::optional<std::string> transaction_id;
};
BOOST_DESCRIBE_STRUCT(OrderFields,
                      (),
                      (order_id, user_id, user_email, items, total_amount, reason, was_paid, transaction_id))

struct UserFields {
    std::int64_t user_id;
    std::string user_email;
    std::string full_name;
};
BOOST_DESCRIBE_STRUCT(UserFields, (), (user_id, user_email, full_name))

template <class Fields>
std::optional<Fields> read_fields(const messaging::Delivery& delivery) {
    auto fields = json::read<Fields>(delivery.body);
    if (!fields) {
        telemetry::log_warn("an event cannot be read",
                            {{"event_id", delivery.event_id},
                             {"event_type", delivery.event_type},
                             {"error", fields.error().message()}});
        return std::nullopt;
    }
    return *std::move(fields);
}

std::optional<Letter> letter_for(const std::string& event_type, const OrderFields& fields) {
    OrderFacts order{fields.order_id, {}, fields.total_amount};
    for (const ItemFields& item : fields.items) {
        order.lines.push_back({item.product_name, item.quantity, item.price});
    }
    const auto reason = parse_reason(fields.reason.value_or(""));
    if (event_type == "order.paid") {
        return order_confirmation(order, fields.transaction_id.value_or(""));
    }
    if (event_type == "order.failed") {
        return order_failure(order, reason);
    }
    if (event_type == "order.cancelled") {
        return order_cancellation(order, reason, fields.was_paid.value_or(false));
    }
    if (event_type == "order.shipped") {
        return order_shipment(order);
    }
    return std::nullopt;
}

std::optional<MailOrder> read_welcome(const messaging::Delivery& delivery) {
    auto user = read_fields<UserFields>(delivery);
    if (!user) {
        return std::nullopt;
    }
    Letter letter = welcome(user->full_name);
    return MailOrder{.event_id = delivery.event_id,
                     .user_id = user->user_id,
                     .order_id = std::nullopt,
                     .to = {std::move(user->user_email), std::move(user->full_name)},
                     .letter = std::move(letter),
                     .context = delivery.context};
}

} // namespace

std::optional<MailOrder> read_mail_order(const messaging::Delivery& delivery) {
    if (delivery.event_type == "user.registered") {
        return read_welcome(delivery);
    }
    auto order = read_fields<OrderFields>(delivery);
    if (!order) {
        return std::nullopt;
    }
    auto letter = letter_for(delivery.event_type, *order);
    if (!letter) {
        return std::nullopt;
    }
    return MailOrder{.event_id = delivery.event_id,
                     .user_id = order->user_id,
                     .order_id = order->order_id,
                     .to = {std::move(order->user_email), ""},
                     .letter = *std::move(letter),
                     .context = delivery.context};
}

} // namespace tandem::email
