#include "services/product/infrastructure/events.hpp"

#include "libs/json/json.hpp"

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

struct OrderFields {
    OrderId order_id;
    UserId user_id;
    std::string user_email;
    std::vector<ItemFields> items;
    Money total_amount;
    std::string payment_method;
    json::Raw shipping_address;
};
BOOST_DESCRIBE_STRUCT(OrderFields,
                      (),
                      (order_id, user_id, user_email, items, total_amount, payment_method, shipping_address))

struct RejectedFields : OrderFields {
    std::string reason;
    std::string error_message;
};
BOOST_DESCRIBE_STRUCT(RejectedFields, (OrderFields), (reason, error_message))

struct ReleasedFields : OrderFields {
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(ReleasedFields, (OrderFields), (reason))

struct ProductChangedFields {
    ProductId product_id;
    std::string name;
    Money price;
    std::optional<std::string> image_url;
    std::int64_t available_stock;
    bool deleted;
};
BOOST_DESCRIBE_STRUCT(ProductChangedFields,
                      (),
                      (product_id, name, price, image_url, available_stock, deleted))

OrderFields order_fields(Order order) {
    std::vector<ItemFields> items;
    for (OrderLine& line : order.lines) {
        items.push_back({line.product, std::move(line.product_name), line.quantity, line.price});
    }
    return {order.id,
            order.user,
            std::move(order.user_email),
            std::move(items),
            order.total,
            std::move(order.payment_method),
            json::Raw{std::move(order.shipping_address)}};
}

} // namespace

messaging::OutgoingEvent stock_event(StockAnnouncement announcement, Timestamp now) {
    OrderFields fields = order_fields(std::move(announcement.order));
    Context context = std::move(announcement.context);
    switch (announcement.kind) {
    case StockAnnouncement::Kind::reserved:
        return messaging::make_event("product.stock.reserved", json::write(fields), now, std::move(context));
    case StockAnnouncement::Kind::rejected: {
        const RejectedFields rejected{std::move(fields), announcement.reason, announcement.message};
        return messaging::make_event(
            "product.stock.rejected", json::write(rejected), now, std::move(context));
    }
    case StockAnnouncement::Kind::released: {
        const ReleasedFields released{std::move(fields), announcement.reason};
        return messaging::make_event(
            "product.stock.released", json::write(released), now, std::move(context));
    }
    }
    std::unreachable();
}

messaging::OutgoingEvent product_changed(const Product& product, Presence presence, Context context) {
    const ProductChangedFields fields{product.id,
                                      product.name,
                                      product.price,
                                      product.image_url,
                                      product.available,
                                      presence == Presence::deleted};
    return messaging::make_event(
        "product.product.changed", json::write(fields), product.updated_at, std::move(context));
}

} // namespace tandem::product
