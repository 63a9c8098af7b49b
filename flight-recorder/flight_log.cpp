#include "flight-recorder/flight_log.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace tandem::recorder {
namespace {

using namespace std::chrono_literals;

constexpr auto quiet_after_the_end = 2s; // more than exporters hold spans back
constexpr auto quiet_for_good = 1min;

bool is_complete(const Flight& flight, std::chrono::microseconds quiet) {
    const auto ends =
        std::ranges::count_if(flight.spans, [](const FlightSpan& each) { return each.span.ends_order; });
    const auto mails =
        std::ranges::count_if(flight.spans, [](const FlightSpan& each) { return each.span.settles_mail; });
    const bool all_told = mails >= ends && quiet >= quiet_after_the_end;
    return ends > 0 && (all_told || quiet >= quiet_for_good);
}

bool comes_before(const FlightSpan& left, const FlightSpan& right) {
    const auto place = [](const Span& span) { return std::tuple(span.start_us, -span.duration_us, span.id); };
    return place(left.span) < place(right.span);
}

} // namespace

void FlightLog::add(std::vector<ReceivedSpan> received, Timestamp now) {
    for (ReceivedSpan& each : received) {
        add_one(std::move(each), now);
    }
    make_room(now);
}

void FlightLog::add_one(ReceivedSpan received, Timestamp now) {
    Trace& trace = trace_of(received.trace_id, now);
    if (trace.spans.size() >= limits_.spans_per_trace_max) {
        on_drop_(Drop::too_many, 1);
        return;
    }
    if (received.span.order_id != 0) {
        claim(received.trace_id, trace, received.span, now);
    }
    for (const std::int64_t order_id : trace.orders) {
        orders_.at(order_id).changed = now;
    }
    trace.spans.push_back(std::move(received.span));
    ++spans_;
}

FlightLog::Trace& FlightLog::trace_of(const std::string& trace_id, Timestamp now) {
    const auto [found, is_new] = traces_.try_emplace(trace_id);
    if (is_new) {
        found->second.began = now;
        found->second.place = unclaimed_.insert(unclaimed_.end(), trace_id);
    }
    return found->second;
}

void FlightLog::claim(const std::string& trace_id, Trace& trace, const Span& span, Timestamp now) {
    const auto [found, is_new] = orders_.try_emplace(span.order_id);
    Order& order = found->second;
    if (is_new) {
        order.changed = now;
        order.place = by_age_.insert(by_age_.end(), span.order_id);
    }
    if (order.owner == 0) {
        order.owner = span.owner;
    }
    if (order.traces.size() >= limits_.traces_per_order_max && !order.traces.contains(trace_id)) {
        return;
    }
    order.traces.insert(trace_id);
    if (trace.orders.empty()) {
        unclaimed_.erase(trace.place);
    }
    trace.orders.insert(span.order_id);
}

void FlightLog::make_room(Timestamp now) {
    while (!unclaimed_.empty()) {
        const auto oldest = traces_.find(unclaimed_.front());
        const bool is_late = now - oldest->second.began >= limits_.unclaimed_for;
        if (!is_late && spans_ <= limits_.spans_max) {
            break;
        }
        forget_trace(oldest, Drop::unclaimed);
    }
    while (!by_age_.empty() && (orders_.size() > limits_.orders_max || spans_ > limits_.spans_max)) {
        forget_order(by_age_.front());
    }
}

void FlightLog::forget_order(std::int64_t order_id) {
    const auto order = orders_.find(order_id);
    for (const std::string& trace_id : order->second.traces) {
        const auto trace = traces_.find(trace_id);
        trace->second.orders.erase(order_id);
        if (trace->second.orders.empty()) {
            trace->second.place = unclaimed_.insert(unclaimed_.end(), trace_id);
            forget_trace(trace, Drop::evicted);
        }
    }
    by_age_.erase(order->second.place);
    orders_.erase(order);
}

void FlightLog::forget_trace(Traces::iterator trace, Drop why) {
    unclaimed_.erase(trace->second.place);
    spans_ -= trace->second.spans.size();
    on_drop_(why, trace->second.spans.size());
    traces_.erase(trace);
}

std::optional<Flight> FlightLog::find(std::int64_t order_id, Timestamp now) const {
    const auto order = orders_.find(order_id);
    if (order == orders_.end()) {
        return std::nullopt;
    }
    Flight flight{.order_id = order_id, .owner = order->second.owner};
    for (const std::string& trace_id : order->second.traces) {
        for (const Span& span : traces_.at(trace_id).spans) {
            if (span.order_id == 0 || span.order_id == order_id) {
                flight.spans.push_back({trace_id, span});
            }
        }
    }
    std::ranges::sort(flight.spans, comes_before);
    flight.is_complete = is_complete(flight, now - order->second.changed);
    return flight;
}

} // namespace tandem::recorder
