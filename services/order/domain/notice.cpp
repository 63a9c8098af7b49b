#include "services/order/domain/notice.hpp"

namespace tandem::order {
namespace {

std::string_view explain(Reason reason) {
    switch (reason) {
    case Reason::out_of_stock:
        return "a product is out of stock";
    case Reason::price_changed:
        return "a price has changed";
    case Reason::unknown_product:
        return "a product is no longer sold";
    case Reason::payment_declined:
        return "the payment was declined";
    case Reason::payment_unavailable:
        return "the payment could not be made";
    case Reason::expired:
        return "it was not completed in time";
    case Reason::cancelled_by_customer:
        return "you cancelled it";
    case Reason::cancelled_by_admin:
        return "the shop cancelled it";
    }
    std::unreachable();
}

struct Wording {
    std::string order;
    std::string total;

    std::optional<std::string> operator()(const Placed&) const {
        return order + " is placed: " + total + ".";
    }
    std::optional<std::string> operator()(const Paid&) const {
        return order + " is paid: " + total + ". Thank you.";
    }
    std::optional<std::string> operator()(const Failed& event) const {
        return order + " failed: " + std::string(explain(event.reason)) + ".";
    }
    std::optional<std::string> operator()(const Cancelled& event) const {
        const std::string money = event.was_paid ? " Your money comes back." : "";
        return order + " is cancelled: " + std::string(explain(event.reason)) + "." + money;
    }
    std::optional<std::string> operator()(const Shipped&) const { return order + " is on its way."; }
    std::optional<std::string> operator()(const Delivered&) const { return order + " was delivered."; }
    std::optional<std::string> operator()(const Refunded& event) const {
        return event.payment.amount.to_string() + " for " + order + " was paid back.";
    }
    std::optional<std::string> operator()(const auto&) const { return std::nullopt; }
};

} // namespace

std::optional<std::string> notice_for(const OrderEvent& event, const OrderState& after) {
    const Wording wording{"Order #" + std::to_string(after.id.value()), after.total.to_string()};
    return std::visit(wording, event);
}

} // namespace tandem::order
