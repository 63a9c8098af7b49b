#include "flight-recorder/otlp_request.hpp"

#include "flight-recorder/otlp_fields.hpp"

#include <charconv>
#include <fmt/format.h>

namespace tandem::recorder {
namespace {

constexpr std::size_t trace_id_digits = 32;
constexpr std::size_t span_id_digits = 16;
constexpr std::int64_t nanoseconds_a_microsecond = 1'000;
constexpr std::int64_t kinds = 6;

std::string cut(std::string text) {
    text.resize(std::min(text.size(), text_bytes_max));
    return text;
}

/// OTLP allows upper case too.
std::optional<std::string> read_hex(std::string text, std::size_t digits) {
    bool is_zero = true;
    for (char& c : text) {
        c = c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
        is_zero = is_zero && c == '0';
        if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
            return std::nullopt;
        }
    }
    return text.size() == digits && !is_zero ? std::optional(std::move(text)) : std::nullopt;
}

std::optional<std::uint64_t> read_span_id(std::string text) {
    const auto hex = read_hex(std::move(text), span_id_digits);
    std::uint64_t id = 0;
    if (hex) {
        std::from_chars(hex->data(), hex->data() + hex->size(), id, 16);
    }
    return hex ? std::optional(id) : std::nullopt;
}

std::int64_t integer_of(const AnyValue& value) {
    std::int64_t number = value.intValue ? value.intValue->value : 0;
    if (value.stringValue) {
        std::from_chars(
            value.stringValue->data(), value.stringValue->data() + value.stringValue->size(), number);
    }
    return std::max<std::int64_t>(number, 0);
}

void write(json::Writer& writer, const AnyValue& value) {
    if (value.stringValue) {
        writer.string(std::string_view(*value.stringValue).substr(0, text_bytes_max));
    } else if (value.intValue) {
        writer.integer(value.intValue->value);
    } else if (value.boolValue) {
        writer.boolean(*value.boolValue);
    } else {
        writer.number(value.doubleValue.value_or(0));
    }
}

bool is_plain(const KeyValue& attribute) {
    const auto& value = attribute.value;
    return value && (value->stringValue || value->intValue || value->boolValue || value->doubleValue);
}

/// What the recorder itself wants to know of a span.
void look_at(Span& span, const std::string& key, const AnyValue& value) {
    if (key == "tandem.order_id") {
        span.order_id = integer_of(value);
    } else if (key == "enduser.id") {
        span.owner = integer_of(value);
    } else if (key == "tandem.order.event") {
        const std::string event = value.stringValue.value_or("");
        span.ends_order = event == "order.paid" || event == "order.failed" || event == "order.cancelled";
        span.settles_mail = event == "email.sent" || event == "email.failed";
    }
}

void take_attributes(Span& span, const std::vector<KeyValue>& attributes) {
    json::Writer writer;
    writer.begin_object();
    std::size_t count = 0;
    for (const KeyValue& attribute : attributes) {
        if (is_plain(attribute) && count++ < attributes_max) {
            writer.key(std::string_view(attribute.key).substr(0, text_bytes_max));
            write(writer, *attribute.value);
            look_at(span, attribute.key, *attribute.value);
        }
    }
    writer.end_object();
    span.attributes.text = std::move(writer).text();
}

Result<ReceivedSpan> read_span(SpanFields fields, const std::string& service) {
    auto trace_id = read_hex(std::move(fields.traceId), trace_id_digits);
    const auto id = read_span_id(std::move(fields.spanId));
    const std::string parent = std::move(fields.parentSpanId).value_or("");
    const auto parent_id = parent.empty() ? std::optional<std::uint64_t>(0) : read_span_id(parent);
    if (!trace_id || !id || !parent_id) {
        return fail(ErrorKind::bad_request, "A traceId is 32 and a spanId 16 hexadecimal digits.");
    }
    const std::int64_t start_ns = fields.startTimeUnixNano.value;
    const std::int64_t end_ns = fields.endTimeUnixNano.value;
    const std::int64_t kind = fields.kind.value_or(0);
    const Status status = std::move(fields.status).value_or(Status{});
    const std::int64_t code = status.code.value_or(0);
    if (start_ns < 0 || end_ns < start_ns || kind < 0 || kind >= kinds || code < 0 || code > 2) {
        return fail(ErrorKind::bad_request, "A span's time, kind or status is out of range.");
    }
    Span span{.id = *id, .parent_id = *parent_id, .service = service, .name = cut(std::move(fields.name))};
    span.kind = static_cast<SpanKind>(kind);
    span.start_us = start_ns / nanoseconds_a_microsecond;
    span.duration_us = end_ns / nanoseconds_a_microsecond - span.start_us;
    span.status = static_cast<SpanStatus>(code);
    span.status_message = cut(status.message.value_or(""));
    take_attributes(span, fields.attributes.value_or(std::vector<KeyValue>{}));
    return ReceivedSpan{*std::move(trace_id), std::move(span)};
}

std::string service_of(const ResourceSpans& part) {
    if (part.resource && part.resource->attributes) {
        for (const KeyValue& attribute : *part.resource->attributes) {
            if (attribute.key == "service.name" && attribute.value) {
                return cut(attribute.value->stringValue.value_or(""));
            }
        }
    }
    return "unknown_service";
}

Error as_bad_request(const Error& error) {
    return Error(ErrorKind::bad_request, error.message());
}

} // namespace

Result<std::vector<ReceivedSpan>> read_spans(std::string_view body) {
    auto request = json::read<ExportRequest>(body);
    if (!request) {
        return fail(as_bad_request(request.error()));
    }
    std::vector<ReceivedSpan> received;
    for (ResourceSpans& part : request->resourceSpans.value_or(std::vector<ResourceSpans>{})) {
        const std::string service = service_of(part);
        for (ScopeSpans& scope : part.scopeSpans.value_or(std::vector<ScopeSpans>{})) {
            for (SpanFields& fields : scope.spans.value_or(std::vector<SpanFields>{})) {
                auto span = read_span(std::move(fields), service);
                if (!span) {
                    return fail(std::move(span.error()));
                }
                received.push_back(*std::move(span));
            }
        }
    }
    return received;
}

} // namespace tandem::recorder
