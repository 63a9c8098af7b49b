#include "services/product/api/order_events.hpp"

#include "libs/json/json.hpp"

#include <algorithm>
#include <utility>

namespace tandem::product {
namespace {

struct ItemFields {
    ProductId product_id;
    std::string product_name;
    std::int64_t quantity;
    Money price;
};
BOOST_DESCRIBE_STRUCT(ItemFields, (), (product_id, product_name, quantity, price))

struct OrderEvent {
    OrderId order_id;
    UserId user_id;
    std::string user_email;
    std::vector<ItemFields> items;
    Money total_amount;
    std::string payment_method;
    std::optional<json::Raw> shipping_address;
    std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(
    OrderEvent,
    (),
    (order_id, user_id, user_email, items, total_amount, payment_method, shipping_address, reason))

std::optional<OrderNotice::Kind> kind_of(std::string_view event_type) {
    if (event_type == "order.created") {
        return OrderNotice::Kind::created;
    }
    if (event_type == "order.paid") {
        return OrderNotice::Kind::paid;
    }
    if (event_type == "order.failed") {
        return OrderNotice::Kind::failed;
    }
    if (event_type == "order.cancelled") {
        return OrderNotice::Kind::cancelled;
    }
    return std::nullopt;
}

bool is_hex(char letter) {
    return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'f');
}

/// In lower case, as the inbox gives it back; nothing when it is no UUID (RFC 9562, section 4).
std::optional<std::string> uuid_of(std::string text) {
    constexpr std::string_view form = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    std::ranges::transform(text, text.begin(), [](char letter) {
        return letter >= 'A' && letter <= 'F' ? char(letter + 32) : letter;
    });
    const auto fits = [](char letter, char place) { return place == 'x' ? is_hex(letter) : letter == '-'; };
    if (!std::ranges::equal(text, form, fits)) {
        return std::nullopt;
    }
    return text;
}

bool in_range(const OrderEvent& event) {
    const auto line_in_range = [](const ItemFields& item) {
        return item.product_id.value() > 0 && item.quantity >= 1 && item.quantity <= Order::quantity_max;
    };
    return event.order_id.value() > 0 && event.user_id.value() > 0 && !event.items.empty() &&
           event.items.size() <= Order::lines_max && std::ranges::all_of(event.items, line_in_range);
}

Order order_of(OrderEvent event) {
    Order order;
    order.id = event.order_id;
    order.user = event.user_id;
    order.user_email = std::move(event.user_email);
    for (ItemFields& item : event.items) {
        order.lines.push_back({item.product_id, std::move(item.product_name), item.quantity, item.price});
    }
    order.total = event.total_amount;
    order.payment_method = std::move(event.payment_method);
    order.shipping_address = event.shipping_address ? std::move(event.shipping_address->text) : "null";
    return order;
}

} // namespace

ReadEvent read_order_event(const messaging::Delivery& delivery) {
    const auto kind = kind_of(delivery.event_type);
    if (!kind) {
        return {ReadEvent::Kind::ignored, {}};
    }
    auto event_id = uuid_of(delivery.event_id);
    auto event = json::read<OrderEvent>(delivery.body);
    if (!event_id || !event || !in_range(*event)) {
        return {ReadEvent::Kind::malformed, {}};
    }
    std::string reason = std::move(event->reason).value_or("");
    OrderNotice notice{
        *kind, *std::move(event_id), order_of(*std::move(event)), std::move(reason), delivery.context};
    return {ReadEvent::Kind::notice, std::move(notice)};
}

} // namespace tandem::product
