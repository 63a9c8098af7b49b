#include "services/email/domain/letter.hpp"

#include <array>
#include <fmt/format.h>
#include <utility>

namespace tandem::email {
namespace {

constexpr std::array<std::pair<std::string_view, Reason>, 8> reasons{{
    {"out_of_stock", Reason::out_of_stock},
    {"price_changed", Reason::price_changed},
    {"unknown_product", Reason::unknown_product},
    {"payment_declined", Reason::payment_declined},
    {"payment_unavailable", Reason::payment_unavailable},
    {"expired", Reason::expired},
    {"cancelled_by_customer", Reason::cancelled_by_customer},
    {"cancelled_by_admin", Reason::cancelled_by_admin},
}};

struct Explanation {
    std::string_view what_happened;
    std::string_view way_on;
};

Explanation explain(std::optional<Reason> reason) {
    constexpr Explanation unknown{"It could not be completed.",
                                  "Please order again; if that fails too, write to us."};
    if (!reason) {
        return unknown;
    }
    switch (*reason) {
    case Reason::out_of_stock:
        return {"Something in it was sold out before we could set it aside for you.",
                "Look at the product's page for what is left, or order the rest without it."};
    case Reason::price_changed:
        return {"The price of a product changed while you were ordering.",
                "Open your order again to see the new price, and order at it if you like it."};
    case Reason::unknown_product:
        return {"A product in it is no longer sold.", "Remove it from your cart and order the rest."};
    case Reason::payment_declined:
        return {"Your payment was declined.",
                "Check the card with your bank, or order again and choose another way to pay."};
    case Reason::payment_unavailable:
        return {"We could not reach the payment provider for too long.",
                "That is not your fault: please order again in a little while."};
    case Reason::expired:
        return {"It took us too long to complete it.", "Please order again; we are sorry for the wait."};
    case Reason::cancelled_by_customer:
        return {"You cancelled it.", "You can order the same again whenever you like."};
    case Reason::cancelled_by_admin:
        return {"The shop cancelled it.", "Please write to us if you want to know more."};
    }
    return unknown;
}

Letter letter(std::string template_name, std::string subject, const Page& page) {
    return {std::move(template_name), std::move(subject), page.text(), page.html()};
}

} // namespace

std::optional<Reason> parse_reason(std::string_view word) {
    for (const auto& [known, reason] : reasons) {
        if (known == word) {
            return reason;
        }
    }
    return std::nullopt;
}

Letter order_confirmation(const OrderFacts& order, std::string_view transaction_id) {
    Page page(fmt::format("Thank you for order #{}", order.id));
    page.paragraph("Your payment has arrived and your order is confirmed. This is what you bought:")
        .order(order.lines, order.total);
    if (!transaction_id.empty()) {
        page.paragraph(fmt::format("Payment reference: {}", transaction_id));
    }
    page.paragraph("We write again when it is on its way.");
    return letter("order_paid", fmt::format("Order Confirmation - Order #{}", order.id), page);
}

Letter order_failure(const OrderFacts& order, std::optional<Reason> reason) {
    const Explanation explanation = explain(reason);
    Page page(fmt::format("Your order #{} could not be completed", order.id));
    page.paragraph(std::string(explanation.what_happened))
        .paragraph("You do not pay for it. Should an amount show on your account, it is given back.")
        .order(order.lines, order.total)
        .paragraph(std::string(explanation.way_on));
    return letter("order_failed", fmt::format("Order Failed - Order #{}", order.id), page);
}

Letter order_cancellation(const OrderFacts& order, std::optional<Reason> reason, bool was_paid) {
    const Explanation explanation = explain(reason);
    Page page(fmt::format("Your order #{} is cancelled", order.id));
    page.paragraph(std::string(explanation.what_happened));
    if (was_paid) {
        page.paragraph(fmt::format("We refund {} to the card you paid with.", order.total.to_string()));
    } else {
        page.paragraph("You do not pay for it.");
    }
    page.order(order.lines, order.total).paragraph(std::string(explanation.way_on));
    return letter("order_cancelled", fmt::format("Order Cancelled - Order #{}", order.id), page);
}

Letter order_shipment(const OrderFacts& order) {
    Page page(fmt::format("Your order #{} is on its way", order.id));
    page.paragraph("We have handed these over to the carrier:").order(order.lines, order.total);
    return letter("order_shipped", fmt::format("Order Shipped - Order #{}", order.id), page);
}

Letter welcome(std::string_view full_name) {
    Page page(full_name.empty() ? "Welcome" : fmt::format("Welcome, {}", full_name));
    page.paragraph("Your account is ready: log in with this e-mail address and start shopping.")
        .paragraph("If it was not you who registered, you can ignore this mail.");
    return letter("welcome", "Welcome to Tandem", page);
}

} // namespace tandem::email
