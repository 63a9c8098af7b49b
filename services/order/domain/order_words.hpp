#pragma once

#include <optional>
#include <string_view>

namespace tandem::order {

/// Where an order stands. Each enumerator is its wire word.
enum class OrderStatus { pending, processing, paid, shipped, delivered, failed, cancelled };
inline constexpr OrderStatus order_statuses[]{OrderStatus::pending,
                                              OrderStatus::processing,
                                              OrderStatus::paid,
                                              OrderStatus::shipped,
                                              OrderStatus::delivered,
                                              OrderStatus::failed,
                                              OrderStatus::cancelled};

/// Why an order failed or was cancelled.
enum class Reason {
    out_of_stock,
    price_changed,
    unknown_product,
    payment_declined,
    payment_unavailable,
    expired,
    cancelled_by_customer,
    cancelled_by_admin,
};
inline constexpr Reason reasons[]{Reason::out_of_stock,
                                  Reason::price_changed,
                                  Reason::unknown_product,
                                  Reason::payment_declined,
                                  Reason::payment_unavailable,
                                  Reason::expired,
                                  Reason::cancelled_by_customer,
                                  Reason::cancelled_by_admin};

enum class PaymentMethod { credit_card, paypal, bank_transfer };
inline constexpr PaymentMethod payment_methods[]{
    PaymentMethod::credit_card, PaymentMethod::paypal, PaymentMethod::bank_transfer};

enum class PaymentStatus { processed, failed, refunded };
inline constexpr PaymentStatus payment_statuses[]{
    PaymentStatus::processed, PaymentStatus::failed, PaymentStatus::refunded};

std::string_view to_string(OrderStatus status);
std::string_view to_string(Reason reason);
std::string_view to_string(PaymentMethod method);
std::string_view to_string(PaymentStatus status);

/// Nothing for a word that names no enumerator.
std::optional<OrderStatus> parse_order_status(std::string_view word);
std::optional<Reason> parse_reason(std::string_view word);
std::optional<PaymentMethod> parse_payment_method(std::string_view word);
std::optional<PaymentStatus> parse_payment_status(std::string_view word);

} // namespace tandem::order
