#pragma once

#include "libs/json/json.hpp"

#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// The members of an ExportTraceServiceRequest that matter here, under their names on the wire.
namespace tandem::recorder {

/// Protobuf's JSON writes 64-bit integers as text, and readers accept numbers too.
struct Int64 {
    std::int64_t value = 0;
};

inline void read_value(const json::Cursor& at, Int64& number) {
    if (!at.raw().starts_with('"')) {
        json::read_value(at, number.value);
        return;
    }
    const std::string_view text = at.read_string().value_or("");
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number.value);
    if (error != std::errc() || stop != text.data() + text.size()) {
        at.report("must be a 64-bit integer");
    }
}

struct AnyValue {
    std::optional<std::string> stringValue;
    std::optional<bool> boolValue;
    std::optional<Int64> intValue;
    std::optional<double> doubleValue;
};
BOOST_DESCRIBE_STRUCT(AnyValue, (), (stringValue, boolValue, intValue, doubleValue))

struct KeyValue {
    std::string key;
    std::optional<AnyValue> value;
};
BOOST_DESCRIBE_STRUCT(KeyValue, (), (key, value))

struct Status {
    std::optional<std::int64_t> code;
    std::optional<std::string> message;
};
BOOST_DESCRIBE_STRUCT(Status, (), (code, message))

struct SpanFields {
    std::string traceId;
    std::string spanId;
    std::optional<std::string> parentSpanId;
    std::string name;
    std::optional<std::int64_t> kind;
    Int64 startTimeUnixNano;
    Int64 endTimeUnixNano;
    std::optional<std::vector<KeyValue>> attributes;
    std::optional<Status> status;
};
BOOST_DESCRIBE_STRUCT(
    SpanFields,
    (),
    (traceId, spanId, parentSpanId, name, kind, startTimeUnixNano, endTimeUnixNano, attributes, status))

struct ScopeSpans {
    std::optional<std::vector<SpanFields>> spans;
};
BOOST_DESCRIBE_STRUCT(ScopeSpans, (), (spans))

struct Resource {
    std::optional<std::vector<KeyValue>> attributes;
};
BOOST_DESCRIBE_STRUCT(Resource, (), (attributes))

struct ResourceSpans {
    std::optional<Resource> resource;
    std::optional<std::vector<ScopeSpans>> scopeSpans;
};
BOOST_DESCRIBE_STRUCT(ResourceSpans, (), (resource, scopeSpans))

struct ExportRequest {
    std::optional<std::vector<ResourceSpans>> resourceSpans;
};
BOOST_DESCRIBE_STRUCT(ExportRequest, (), (resourceSpans))

} // namespace tandem::recorder
