#pragma once

#include "flight-recorder/span.hpp"
#include "libs/kernel/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace tandem::recorder {

struct ReceivedSpan {
    std::string trace_id; ///< 32 lower-case hexadecimal digits
    Span span;
};

inline constexpr std::size_t text_bytes_max = 1024; ///< of a name, a message, an attribute; cut beyond
inline constexpr std::size_t attributes_max = 64;   ///< of a span; left out beyond

/// Reads an ExportTraceServiceRequest in OTLP's JSON encoding (OpenTelemetry Protocol 1.x, "JSON
/// Protobuf Encoding"). Attributes that are neither text, number nor boolean are left out; events and
/// links are ignored. bad_request when anything is malformed: then nothing of it is taken.
Result<std::vector<ReceivedSpan>> read_spans(std::string_view body);

} // namespace tandem::recorder
