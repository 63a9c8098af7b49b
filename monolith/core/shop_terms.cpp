#include "monolith/core/shop_terms.hpp"

#include <utility>

namespace tandem::monolith {

std::vector<order::CatalogEntry> catalog_entries(const Shelves& shelves) {
    std::vector<order::CatalogEntry> entries;
    for (const auto& [product, item] : shelves) {
        if (item.on_sale) {
            entries.push_back({order::ProductId(product.value()), item.name, item.price});
        }
    }
    return entries;
}

product::Order as_stock_order(const order::Placed& placed) {
    product::Order order;
    order.id = product::OrderId(placed.order.value());
    order.user = product::UserId(placed.user.value());
    for (const order::OrderLine& line : placed.lines) {
        order.lines.push_back(
            {product::ProductId(line.product.value()), line.product_name, line.quantity, line.price});
    }
    return order;
}

payment::Purchase as_purchase(const order::OrderState& order, Context context) {
    return {payment::OrderId(order.id.value()),
            payment::UserId(order.user.value()),
            order.user_email,
            order.total,
            std::string(to_string(order.payment_method)),
            std::move(context)};
}

email::Mail confirmation_mail(const order::OrderState& order,
                              const std::string& paid_event_id,
                              const std::string& message_id_domain) {
    email::OrderFacts facts{order.id.value(), {}, order.total};
    for (const order::OrderLine& line : order.lines) {
        facts.lines.push_back({line.product_name, line.quantity, line.price});
    }
    return {.to = {order.user_email, ""},
            .message_id = email::message_id(paid_event_id, message_id_domain),
            .letter = email::order_confirmation(facts, order.payment->transaction_id)};
}

} // namespace tandem::monolith
