#include "flight-recorder/recorder_routes.hpp"

#include "libs/json/writer.hpp"

#include <array>
#include <fmt/format.h>

namespace tandem::recorder {
namespace {

constexpr std::array<std::string_view, 6> kind_words{
    "internal", "internal", "server", "client", "producer", "consumer"};
constexpr std::array<std::string_view, 3> status_words{"unset", "ok", "error"};

std::string span_id_text(std::uint64_t id) {
    return fmt::format("{:016x}", id);
}

void write(json::Writer& writer, const FlightSpan& each) {
    const Span& span = each.span;
    writer.begin_object();
    writer.member("trace_id", each.trace_id).member("span_id", span_id_text(span.id));
    writer.key("parent_span_id");
    span.parent_id == 0 ? writer.null() : writer.string(span_id_text(span.parent_id));
    writer.member("service", span.service).member("name", span.name);
    writer.member("kind", kind_words.at(static_cast<std::size_t>(span.kind)));
    writer.member("start_us", span.start_us).member("duration_us", span.duration_us);
    writer.member("status", status_words.at(static_cast<std::size_t>(span.status)));
    if (!span.status_message.empty()) {
        writer.member("status_message", span.status_message);
    }
    writer.member("attributes", span.attributes);
    writer.end_object();
}

http::Response not_readable(std::string_view path) {
    return http::problem(415, "Send OTLP's JSON encoding, not compressed.", path);
}

} // namespace

std::string to_json(const Flight& flight) {
    json::Writer writer;
    writer.begin_object();
    writer.member("order_id", flight.order_id).member("is_complete", flight.is_complete);
    writer.key("spans").begin_array();
    for (const FlightSpan& span : flight.spans) {
        write(writer, span);
    }
    writer.end_array().end_object();
    return std::move(writer).text();
}

RecorderRoutes::RecorderRoutes(FlightLog& log, Doors doors, const Clock& clock)
    : log_(log), doors_(doors), clock_(clock),
      received_(telemetry::counter("tandem_flight_spans_received_total", "Spans that were taken")),
      orders_(telemetry::gauge("tandem_flight_orders", "Orders whose flight is kept")),
      spans_(telemetry::gauge("tandem_flight_spans", "Spans that are kept")) {}

void RecorderRoutes::mount(http::Router& router) {
    using http::Method;
    router.add(
        Method::post, "/v1/traces", [this](http::Request request) { return take(std::move(request)); });
    router.add(Method::get, "/orders/{order_id}/flight", [this](http::Request request) {
        return show(std::move(request));
    });
}

Task<http::Response> RecorderRoutes::take(http::Request request) {
    const bool is_json = request.headers.has("Content-Type") && !http::require_json(request);
    if (!is_json || request.headers.has("Content-Encoding")) {
        co_return not_readable(request.path);
    }
    auto spans = read_spans(request.body);
    if (!spans) {
        co_return http::problem(spans.error(), request.path);
    }
    received_.add(static_cast<double>(spans->size()));
    log_.add(*std::move(spans), clock_.now());
    orders_.set(static_cast<double>(log_.orders()));
    spans_.set(static_cast<double>(log_.spans()));
    co_return http::Response::json(200, R"({"partialSuccess":{}})");
}

Task<http::Response> RecorderRoutes::show(http::Request request) {
    const auto order_id = request.id_parameter("order_id");
    if (!order_id) {
        co_return http::problem(order_id.error(), request.path);
    }
    auth::Authenticator& door = *order_id < first_monolith_order ? doors_.gateway : doors_.monolith;
    const auto caller = co_await door.require_user(request);
    if (!caller) {
        co_return http::problem(caller.error(), request.path);
    }
    const auto flight = log_.find(*order_id, clock_.now());
    const bool is_shown = flight && (caller->is_admin() || caller->user_id == flight->owner);
    if (!is_shown) {
        co_return http::problem(Error(ErrorKind::not_found, "There is no flight of this order."),
                                request.path);
    }
    co_return http::Response::json(200, to_json(*flight));
}

} // namespace tandem::recorder
