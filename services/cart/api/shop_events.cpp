#include "services/cart/api/shop_events.hpp"

#include "libs/json/json.hpp"

#include <algorithm>

namespace tandem::cart {
namespace {

using messaging::Delivery;
using messaging::Verdict;

struct LineFields {
    ProductId product_id;
    std::int64_t quantity = 0;
};
BOOST_DESCRIBE_STRUCT(LineFields, (), (product_id, quantity))

struct OrderFields {
    OrderId order_id;
    UserId user_id;
    std::vector<LineFields> items;
};
BOOST_DESCRIBE_STRUCT(OrderFields, (), (order_id, user_id, items))

struct ProductFields {
    Timestamp timestamp;
    ProductId product_id;
    std::string name;
    Money price;
    std::optional<std::string> image_url;
    bool deleted = false;
};
BOOST_DESCRIBE_STRUCT(ProductFields, (), (timestamp, product_id, name, price, image_url, deleted))

bool is_uuid(std::string_view text) {
    constexpr std::string_view form = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    const auto fits = [](char letter, char place) {
        const bool hex = (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'f');
        return place == 'x' ? hex : letter == '-';
    };
    return std::ranges::equal(text, form, fits);
}

Result<Purchase> read_order(std::string_view body) {
    const auto fields = json::read<OrderFields>(body);
    if (!fields) {
        return fail(fields.error());
    }
    Purchase purchase{fields->order_id, fields->user_id, {}};
    for (const LineFields& line : fields->items) {
        purchase.lines.push_back({line.product_id, line.quantity});
    }
    return checked(std::move(purchase));
}

Result<ProductNews> read_product(std::string_view body) {
    auto fields = json::read<ProductFields>(body);
    if (!fields) {
        return fail(fields.error());
    }
    if (fields->product_id.value() < 1 || fields->price < Money()) {
        return fail(ErrorKind::invalid, "The product's number or price is out of range.");
    }
    Product product{fields->product_id, std::move(fields->name), std::move(fields->image_url), fields->price};
    return ProductNews{std::move(product), fields->deleted, fields->timestamp};
}

/// Adds what the delivery tells to `events`.
Verdict read(const Delivery& delivery, std::vector<ShopEvent>& events) {
    const bool about_order = delivery.event_type == "order.created" || delivery.event_type == "order.paid";
    const bool about_product = delivery.event_type == "product.changed";
    if (!about_order && !about_product) {
        return Verdict::done;
    }
    if (!is_uuid(delivery.event_id)) {
        return Verdict::dead;
    }
    if (about_order) {
        auto purchase = read_order(delivery.body);
        if (!purchase) {
            return Verdict::dead;
        }
        events.push_back({delivery.event_id, *std::move(purchase)});
    } else {
        auto news = read_product(delivery.body);
        if (!news) {
            return Verdict::dead;
        }
        events.push_back({delivery.event_id, *std::move(news)});
    }
    return Verdict::done;
}

} // namespace

Task<std::vector<Verdict>> ShopEventsConsumer::handle(std::vector<Delivery> batch) {
    std::vector<Verdict> verdicts;
    std::vector<ShopEvent> events;
    for (const Delivery& delivery : batch) {
        verdicts.push_back(read(delivery, events));
    }
    if (!events.empty()) {
        co_await book_.record(std::move(events));
    }
    co_return verdicts;
}

} // namespace tandem::cart
