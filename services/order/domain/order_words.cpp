#include "services/order/domain/order_words.hpp"

#include <utility>

namespace tandem::order {
namespace {

template <class Word, std::size_t count>
std::optional<Word> find_word(const Word (&words)[count], std::string_view text) {
    for (const Word word : words) {
        if (to_string(word) == text) {
            return word;
        }
    }
    return std::nullopt;
}

} // namespace

std::string_view to_string(OrderStatus status) {
    switch (status) {
    case OrderStatus::pending:
        return "pending";
    case OrderStatus::processing:
        return "processing";
    case OrderStatus::paid:
        return "paid";
    case OrderStatus::shipped:
        return "shipped";
    case OrderStatus::delivered:
        return "delivered";
    case OrderStatus::failed:
        return "failed";
    case OrderStatus::cancelled:
        return "cancelled";
    }
    std::unreachable();
}

std::string_view to_string(Reason reason) {
    switch (reason) {
    case Reason::out_of_stock:
        return "out_of_stock";
    case Reason::price_changed:
        return "price_changed";
    case Reason::unknown_product:
        return "unknown_product";
    case Reason::payment_declined:
        return "payment_declined";
    case Reason::payment_unavailable:
        return "payment_unavailable";
    case Reason::expired:
        return "expired";
    case Reason::cancelled_by_customer:
        return "cancelled_by_customer";
    case Reason::cancelled_by_admin:
        return "cancelled_by_admin";
    }
    std::unreachable();
}

std::string_view to_string(PaymentMethod method) {
    switch (method) {
    case PaymentMethod::credit_card:
        return "credit_card";
    case PaymentMethod::paypal:
        return "paypal";
    case PaymentMethod::bank_transfer:
        return "bank_transfer";
    }
    std::unreachable();
}

std::string_view to_string(PaymentStatus status) {
    switch (status) {
    case PaymentStatus::processed:
        return "processed";
    case PaymentStatus::failed:
        return "failed";
    case PaymentStatus::refunded:
        return "refunded";
    }
    std::unreachable();
}

std::optional<OrderStatus> parse_order_status(std::string_view word) {
    return find_word(order_statuses, word);
}

std::optional<Reason> parse_reason(std::string_view word) {
    return find_word(reasons, word);
}

std::optional<PaymentMethod> parse_payment_method(std::string_view word) {
    return find_word(payment_methods, word);
}

std::optional<PaymentStatus> parse_payment_status(std::string_view word) {
    return find_word(payment_statuses, word);
}

} // namespace tandem::order
