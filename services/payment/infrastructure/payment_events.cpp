#include "services/payment/infrastructure/payment_events.hpp"

#include "libs/json/json.hpp"

namespace tandem::payment {
namespace {

std::string_view word(Announcement announcement) {
    switch (announcement) {
    case Announcement::processed:
        return "processed";
    case Announcement::failed:
        return "failed";
    case Announcement::refunded:
        return "refunded";
    }
    std::unreachable();
}

} // namespace

messaging::OutgoingEvent to_event(const Payment& payment, Announcement announcement, Timestamp now) {
    const Payment::State& state = payment.state();
    const Purchase& purchase = state.purchase;
    json::Writer fields;
    fields.begin_object()
        .member("payment_id", state.id)
        .member("order_id", purchase.order)
        .member("user_id", purchase.user)
        .member("user_email", purchase.user_email)
        .member("amount", purchase.amount)
        .member("status", word(announcement))
        .member("payment_method", purchase.payment_method)
        .member("transaction_id", state.transaction_id)
        .member("error_message", state.error_message);
    if (announcement == Announcement::failed) {
        fields.member("reason", state.reason);
    }
    fields.end_object();
    return messaging::make_event(
        "payment.payment." + std::string(word(announcement)), fields.view(), now, purchase.origin);
}

} // namespace tandem::payment
