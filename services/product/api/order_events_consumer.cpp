#include "services/product/api/order_events_consumer.hpp"

#include "libs/telemetry/trace.hpp"
#include "services/product/api/order_events.hpp"

#include <utility>

namespace tandem::product {

using messaging::Verdict;

namespace {

std::string_view span_name(OrderNotice::Kind kind) {
    switch (kind) {
    case OrderNotice::Kind::created:
        return "reserve stock";
    case OrderNotice::Kind::paid:
        return "commit stock";
    case OrderNotice::Kind::failed:
    case OrderNotice::Kind::cancelled:
        break;
    }
    return "release stock";
}

/// One a notice, of the transaction that all of them share; what a notice announces is its span's child.
std::vector<telemetry::Span> start_spans(std::vector<OrderNotice>& notices) {
    std::vector<telemetry::Span> spans;
    for (OrderNotice& notice : notices) {
        spans.push_back(telemetry::Span::start(span_name(notice.kind), notice.context));
        spans.back().about_order(notice.order.id.value(), notice.order.user.value());
        notice.context = spans.back().context();
    }
    return spans;
}

void describe(telemetry::Span& span, const StockKeeping::Settlement& settlement) {
    const std::string_view outcome = settlement ? to_string(*settlement) : "repeated";
    span.attribute("tandem.stock.outcome", outcome);
    if (settlement == Effect::rejected || settlement == Effect::refused) {
        span.fail(outcome);
    }
}

Verdict verdict_of(const StockKeeping::Settlement& settlement) {
    if (!settlement) {
        return Verdict::duplicate;
    }
    return *settlement == Effect::premature ? Verdict::retry : Verdict::done;
}

} // namespace

Task<std::vector<Verdict>> OrderEventsConsumer::handle(std::vector<messaging::Delivery> batch) {
    std::vector<Verdict> verdicts(batch.size(), Verdict::done);
    std::vector<OrderNotice> notices;
    std::vector<std::size_t> places; // of the notices in the batch
    for (std::size_t place = 0; place < batch.size(); ++place) {
        ReadEvent event = read_order_event(batch[place]);
        if (event.kind == ReadEvent::Kind::malformed) {
            verdicts[place] = Verdict::dead;
        } else if (event.kind == ReadEvent::Kind::notice) {
            notices.push_back(std::move(event.notice));
            places.push_back(place);
        }
    }
    std::vector<telemetry::Span> spans = start_spans(notices);
    const auto settlements = co_await stock_.settle(std::move(notices));
    for (std::size_t index = 0; index < settlements.size(); ++index) {
        verdicts[places[index]] = verdict_of(settlements[index]);
        describe(spans[index], settlements[index]);
    }
    co_return verdicts;
}

} // namespace tandem::product
