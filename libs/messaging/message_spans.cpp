#include "libs/messaging/message_spans.hpp"

#include "libs/json/json.hpp"

#include <charconv>
#include <optional>

namespace tandem::messaging {
namespace {

using telemetry::Span;

struct Subject {
    std::optional<std::int64_t> order_id;
    std::optional<std::int64_t> user_id;
};
BOOST_DESCRIBE_STRUCT(Subject, (), (order_id, user_id))

/// The user of an event about an order is who placed it.
void name_subject(Span& span, std::string_view body) {
    if (const auto subject = json::read<Subject>(body)) {
        span.about_order(subject->order_id.value_or(0), subject->order_id ? subject->user_id.value_or(0) : 0);
    }
}

/// The first 48 bits (RFC 9562, section 5.7); nothing for another version.
std::optional<Timestamp> time_of_uuid_v7(std::string_view id) {
    constexpr std::size_t version_at = 14;
    if (id.size() <= version_at || id[version_at] != '7') {
        return std::nullopt;
    }
    const std::string digits = std::string(id.substr(0, 8)) + std::string(id.substr(9, 4));
    std::int64_t milliseconds = 0;
    const auto [stop, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), milliseconds, 16);
    if (error != std::errc() || stop != digits.data() + digits.size()) {
        return std::nullopt;
    }
    return Timestamp(std::chrono::milliseconds(milliseconds));
}

std::string_view outcome_of(Verdict verdict, bool is_last_attempt) {
    switch (verdict) {
    case Verdict::done:
        return "done";
    case Verdict::duplicate:
        return "duplicate";
    case Verdict::retry:
        return is_last_attempt ? "dead_lettered" : "retried";
    case Verdict::dead:
        break;
    }
    return "dead_lettered";
}

} // namespace

Span start_publish_span(OutgoingEvent& event) {
    auto span = Span::start("publish", event.context, Span::Kind::producer);
    if (!span.is_recorded()) {
        return span;
    }
    span.rename("publish " + event.event_type);
    span.attribute("messaging.system", "rabbitmq");
    span.attribute("messaging.operation.type", "send");
    span.attribute("messaging.destination.name", events_exchange);
    span.attribute("messaging.rabbitmq.destination.routing_key", event.routing_key);
    span.attribute("messaging.message.id", event.event_id);
    if (const auto stored = time_of_uuid_v7(event.event_id)) {
        const auto waited = SystemClock().now() - *stored;
        span.attribute("tandem.outbox.wait_ms",
                       std::int64_t{std::chrono::floor<std::chrono::milliseconds>(waited).count()});
    }
    name_subject(span, event.body);
    event.context = span.context();
    return span;
}

ProcessSpans::ProcessSpans(std::string_view system, std::string_view queue, std::vector<Delivery>& batch) {
    for (std::size_t place = 0; place < batch.size(); ++place) {
        Delivery& delivery = batch[place];
        auto span = Span::start("process", delivery.context, Span::Kind::consumer);
        if (!span.is_recorded()) {
            continue;
        }
        span.rename("process " + delivery.event_type);
        span.attribute("messaging.system", system);
        span.attribute("messaging.operation.type", "process");
        span.attribute("messaging.destination.name", queue);
        span.attribute("messaging.rabbitmq.destination.routing_key", delivery.routing_key);
        span.attribute("messaging.message.id", delivery.event_id);
        span.attribute("messaging.batch.message_count", std::ssize(batch));
        span.attribute("tandem.message.attempt", delivery.attempt);
        span.attribute("tandem.message.redelivered", delivery.redelivered);
        name_subject(span, delivery.body);
        delivery.context = span.context();
        open_.push_back({place, delivery.attempt, std::move(span)});
    }
}

void ProcessSpans::end(const std::vector<Judgement>& judgements, int attempts_max) {
    for (Open& each : open_) {
        const Judgement& judgement = judgements.at(each.place);
        each.span.attribute("tandem.message.outcome",
                            outcome_of(judgement.verdict, each.attempt >= attempts_max));
        if (!is_handled(judgement.verdict)) {
            each.span.fail(judgement.reason);
        }
    }
    open_.clear();
}

void ProcessSpans::give_back() {
    for (Open& each : open_) {
        each.span.attribute("tandem.message.outcome", "given_back");
        each.span.fail("what the handler needs is away");
    }
    open_.clear();
}

} // namespace tandem::messaging
