#pragma once

#include "libs/kernel/id.hpp"
#include "libs/kernel/money.hpp"
#include "libs/kernel/time.hpp"
#include "services/order/domain/order_words.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace tandem::order {

using OrderId = Id<class Order>;
using UserId = Id<struct User>;
using ProductId = Id<struct Product>;

/// So many of a product, under the name and at the price of the day the order was placed.
struct OrderLine {
    ProductId product;
    std::string product_name;
    int quantity = 0;
    Money price;

    Money subtotal() const { return price * quantity; }
    friend bool operator==(const OrderLine&, const OrderLine&) = default;
};

/// What the payment service reported last. `transaction_id` is empty when the provider gave none.
struct Payment {
    std::int64_t id = 0;
    Money amount;
    PaymentStatus status = PaymentStatus::processed;
    std::string transaction_id;
    Timestamp created_at;

    friend bool operator==(const Payment&, const Payment&) = default;
};

/// What can happen to an order. The first seven change its status; the others are noted in its
/// history only.
struct Placed {
    OrderId order;
    UserId user;
    std::string user_email;
    std::vector<OrderLine> lines;
    PaymentMethod payment_method = PaymentMethod::credit_card;
    std::optional<std::string> shipping_address; ///< JSON text: a string or an object, as it came
};
struct Processing {};
struct Paid {
    Payment payment;
};
struct Failed {
    Reason reason;
    std::string error_message;
    std::optional<Payment> payment;
};
struct Cancelled {
    Reason reason;
    bool was_paid = false;
};
struct Shipped {};
struct Delivered {};

struct Refunded {
    Payment payment;
};
struct StockReleased {
    std::string reason;
};
struct MailSent {
    std::string template_name;
    std::string message_id;
};
struct MailFailed {
    std::string template_name;
    std::string message_id;
    std::string error_message;
};

using OrderEvent = std::variant<Placed,
                                Processing,
                                Paid,
                                Failed,
                                Cancelled,
                                Shipped,
                                Delivered,
                                Refunded,
                                StockReleased,
                                MailSent,
                                MailFailed>;

} // namespace tandem::order
