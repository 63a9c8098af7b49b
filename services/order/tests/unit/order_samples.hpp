#pragma once

#include "services/order/domain/order.hpp"

#include <chrono>
#include <string>
#include <utility>
#include <vector>

namespace tandem::order::samples {

inline constexpr Timestamp noon{std::chrono::seconds(1'795'435'200)};

inline OrderLine mouse(int quantity = 2) {
    return {ProductId(2), "Wireless Mouse", quantity, Money::from_cents(4'999)};
}

inline Placed placed() {
    return {OrderId(17),
            UserId(5),
            "paintest@example.com",
            {mouse(), {ProductId(1), "Gaming Laptop", 1, Money::from_cents(129'999)}},
            PaymentMethod::paypal,
            R"({"city":"Graz"})"};
}

inline Payment payment(PaymentStatus status = PaymentStatus::processed) {
    return {31, Money::from_cents(139'997), status, "txn-31", noon};
}

inline Order order_after(std::vector<OrderEvent> events) {
    Order order;
    order.apply(placed(), noon);
    for (const OrderEvent& event : events) {
        order.apply(event, noon + std::chrono::seconds(1));
    }
    return order;
}

/// An order that went the usual way to `status`.
inline Order order_that_is(OrderStatus status) {
    using enum OrderStatus;
    switch (status) {
    case pending:
        return order_after({});
    case processing:
        return order_after({Processing{}});
    case paid:
        return order_after({Processing{}, Paid{payment()}});
    case shipped:
        return order_after({Processing{}, Paid{payment()}, Shipped{}});
    case delivered:
        return order_after({Processing{}, Paid{payment()}, Shipped{}, Delivered{}});
    case failed:
        return order_after({Failed{Reason::out_of_stock, "Sold out.", std::nullopt}});
    case cancelled:
        return order_after({Cancelled{Reason::cancelled_by_customer, false}});
    }
    std::unreachable();
}

} // namespace tandem::order::samples
