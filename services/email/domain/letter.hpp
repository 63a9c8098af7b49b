#pragma once

#include "services/email/domain/page.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tandem::email {

/// What a mail says.
struct Letter {
    std::string template_name; ///< "order_paid": in the events email.email.sent and failed
    std::string subject;
    std::string text;
    std::string html;
};

/// What the mails tell about an order.
struct OrderFacts {
    std::int64_t id = 0;
    std::vector<OrderLine> lines;
    Money total;
};

/// Why an order failed or was cancelled. An enumerator equals its wire word.
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

/// Nothing for a word that we do not know.
std::optional<Reason> parse_reason(std::string_view word);

Letter order_confirmation(const OrderFacts& order, std::string_view transaction_id);
/// Without a reason (one that is newer than this program): says so in general words.
Letter order_failure(const OrderFacts& order, std::optional<Reason> reason);
Letter order_cancellation(const OrderFacts& order, std::optional<Reason> reason, bool was_paid);
Letter order_shipment(const OrderFacts& order);
/// `full_name` may be empty.
Letter welcome(std::string_view full_name);

} // namespace tandem::email
