#pragma once

#include "libs/kernel/time.hpp"
#include "libs/telemetry/trace.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tandem::telemetry {

/// A span that has ended, as it is exported.
struct FinishedSpan {
    std::string name;
    std::string trace_id;
    std::string span_id;
    std::string parent_span_id; ///< empty for the first of a trace
    Span::Kind kind = Span::Kind::internal;
    Timestamp started;
    Timestamp ended;
    std::vector<std::pair<std::string, Span::Value>> attributes;
    bool failed = false;
    std::string failure;
};

/// An ExportTraceServiceRequest in OTLP's JSON encoding (OpenTelemetry Protocol 1.x, "JSON Protobuf
/// Encoding": ids in hexadecimal, 64-bit times as strings).
std::string otlp_json(std::string_view service, const std::vector<FinishedSpan>& spans);

/// Delivers spans on a thread of its own; see open_tracing.
class OtlpExporter {
public:
    OtlpExporter(std::string service, std::vector<std::string> endpoints);
    ~OtlpExporter(); ///< delivers what waits, for at most two seconds an endpoint

    /// Never blocks. Safe from any thread.
    void add(FinishedSpan span);

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace tandem::telemetry
