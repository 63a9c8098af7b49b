#include "lab/auditor/replay.hpp"

#include "lab/auditor/event_bodies.hpp"

#include <fmt/format.h>

namespace tandem::audit {
namespace {

/// Takes events until one makes no sense.
class Replaying {
public:
    /// Gives why not, or nothing.
    std::string take(const EventRow& event) {
        if (event.version != state_.order.version + 1) {
            return fmt::format("version {} follows version {}", event.version, state_.order.version);
        }
        if ((event.version == 1) != (event.type == "order.created")) {
            return fmt::format("version {} is {}", event.version, event.type);
        }
        const std::string objection = apply(event);
        if (!objection.empty()) {
            return fmt::format("version {}, {}: {}", event.version, event.type, objection);
        }
        state_.order.version = event.version;
        state_.order.updated_at = event.created_at;
        return {};
    }

    Replayed finish() && {
        state_.order.status = to_string(state_.status);
        return std::move(state_);
    }

private:
    static constexpr const char* unreadable = "its body is not what such an event holds";

    std::string apply(const EventRow& event) {
        if (event.type == "order.created") {
            return place(event);
        }
        if (event.type == "order.paid") {
            return pay(event);
        }
        if (event.type == "order.failed") {
            return fail(event);
        }
        if (event.type == "order.cancelled") {
            return cancel(event);
        }
        if (event.type == "payment.refunded") {
            return note_payment(event, "refunded");
        }
        if (event.type == "stock.released" || event.type == "email.sent" || event.type == "email.failed") {
            return {};
        }
        const auto status =
            event.type.starts_with("order.") ? parse_status(event.type.substr(6)) : std::nullopt;
        return status ? become(*status) : "no such event is known";
    }

    std::string become(Status status) {
        if (!may_become(state_.status, status)) {
            return fmt::format(
                "an order that is {} cannot become {}", to_string(state_.status), to_string(status));
        }
        state_.status = status;
        return {};
    }

    std::string place(const EventRow& event) {
        auto body = read_created(event.body);
        if (!body) {
            return unreadable;
        }
        if (body->order_id != event.order_id) {
            return fmt::format("its body is about order {}", body->order_id);
        }
        OrderRow& order = state_.order;
        order.order_id = event.order_id;
        order.user_id = body->user_id;
        order.user_email = std::move(body->user_email);
        order.payment_method = std::move(body->payment_method);
        order.shipping_address = std::move(body->shipping_address);
        order.item_count = std::ssize(body->items);
        order.created_at = event.created_at;
        for (const ItemRow& item : body->items) {
            order.total += Money::from_cents(item.price.cents() * item.quantity);
        }
        state_.items = std::move(body->items);
        return order.total == body->total ? "" : "its total is not the sum of its lines";
    }

    std::string note_payment(const EventRow& event, const char* status) {
        state_.order.payment = read_payment_note(event.body);
        if (!state_.order.payment) {
            return unreadable;
        }
        state_.order.payment->status = status;
        return {};
    }

    std::string pay(const EventRow& event) {
        const std::string objection = note_payment(event, "processed");
        return objection.empty() ? become(Status::paid) : objection;
    }

    std::string fail(const EventRow& event) {
        auto body = read_outcome(event.body);
        if (!body) {
            return unreadable;
        }
        state_.order.reason = std::move(body->reason);
        state_.order.error_message = std::move(body->error_message);
        if (names_payment(event.body)) {
            if (std::string objection = note_payment(event, "failed"); !objection.empty()) {
                return objection;
            }
        }
        return become(Status::failed);
    }

    std::string cancel(const EventRow& event) {
        auto body = read_outcome(event.body);
        if (!body) {
            return unreadable;
        }
        state_.order.reason = std::move(body->reason);
        return become(Status::cancelled);
    }

    Replayed state_;
};

} // namespace

Replay replay(const std::vector<EventRow>& events) {
    Replaying replaying;
    for (const EventRow& event : events) {
        if (std::string objection = replaying.take(event); !objection.empty()) {
            return {std::nullopt, std::move(objection)};
        }
    }
    return {std::move(replaying).finish(), {}};
}

} // namespace tandem::audit
