#include "services/order/infrastructure/order_spans.hpp"

#include "services/order/domain/order_words.hpp"
#include "services/order/infrastructure/order_event_json.hpp"

namespace tandem::order {

ChangeSpans::ChangeSpans(std::vector<Change>& changes, Timestamp began) {
    for (Change& change : changes) {
        auto span = telemetry::Span::start("store", change.context);
        if (!span.is_recorded()) {
            continue;
        }
        const std::string_view type = type_of(change.event);
        span.rename("store " + std::string(type));
        span.began_at(began);
        began += std::chrono::microseconds(1); // whoever sorts by time finds them in their order
        span.about_order(change.after.id.value(), change.after.user.value());
        span.attribute("db.system.name", "postgresql");
        span.attribute("tandem.order.event", type);
        span.attribute("tandem.order.status", to_string(change.after.status));
        if (change.after.reason) {
            span.attribute("tandem.order.reason", to_string(*change.after.reason));
        }
        change.context = span.context();
        spans_.push_back(std::move(span));
    }
}

void ChangeSpans::fail(std::string_view reason) {
    for (telemetry::Span& span : spans_) {
        span.fail(reason);
    }
}

} // namespace tandem::order
