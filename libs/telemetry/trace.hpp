#pragma once

#include "libs/kernel/context.hpp"
#include "libs/kernel/time.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace tandem::telemetry {

/// The four fields of a `traceparent` (W3C Trace Context, section 3.2).
struct TraceParent {
    std::string trace_id; ///< 32 lower-case hex digits, not all zero
    std::string span_id;  ///< 16 lower-case hex digits, not all zero
    bool sampled = true;
};

/// Nothing when the text breaks the grammar: then the caller starts a new trace.
std::optional<TraceParent> parse_traceparent(std::string_view text);
std::string to_string(const TraceParent& parent);

/// A timed piece of work. `start` continues `parent`'s trace, or begins one when it is empty or
/// malformed. `context()` is what to hand on to calls made inside the span. A span ends when it
/// goes out of scope; it is exported (OTLP/HTTP) when OTEL_EXPORTER_OTLP_ENDPOINT is set, else it
/// costs only its ids. Move-only; use on the event loop's thread.
class Span {
public:
    enum class Kind { internal = 1, server = 2, client = 3, producer = 4, consumer = 5 };

    static Span start(std::string name, const Context& parent, Kind kind = Kind::internal);
    Span(Span&&) noexcept;
    Span& operator=(Span&&) = delete;
    ~Span();

    const Context& context() const { return context_; }
    void attribute(std::string key, std::string value);
    void fail(std::string reason);

private:
    struct State;
    Span(Context context, State* state) : context_(std::move(context)), state_(state) {}

    Context context_;
    State* state_; // null when nothing is exported
};

/// Sends finished spans to `<endpoint>/v1/traces` (OTLP/HTTP, JSON) from a background thread, in
/// batches. At most 4096 spans wait; what comes beyond, or cannot be delivered, is dropped and
/// counted (tandem_spans_dropped_total). Call once, before the first span.
void open_tracing(std::string service, std::string endpoint);

/// Delivers what waits, for at most two seconds; call before exit. Does nothing when not open.
void close_tracing();

/// A new context for work that nobody asked for (timers, scans): a fresh trace.
Context new_context();

} // namespace tandem::telemetry
