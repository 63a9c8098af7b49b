#pragma once

#include "libs/kernel/context.hpp"
#include "libs/kernel/time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

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
/// goes out of scope; it is exported (OTLP/HTTP) when OTEL_EXPORTER_OTLP_ENDPOINT is set. Else only a
/// server's span draws an id, for the log; any other costs a copy of its parent's context.
/// Names and attributes follow OpenTelemetry's semantic conventions where there are some. Of an order:
/// `tandem.order_id`, and with it `enduser.id` for the order's owner only, never for whoever calls: the
/// flight recorder lets that user read. Move-only; use on the event loop's thread.
class Span {
public:
    enum class Kind { internal = 1, server = 2, client = 3, producer = 4, consumer = 5 };
    using Value = std::variant<std::string, std::int64_t, bool>;

    static Span start(std::string_view name, const Context& parent, Kind kind = Kind::internal);
    Span(Span&&) noexcept;
    Span& operator=(Span&&) = delete;
    ~Span();

    const Context& context() const { return context_; }
    /// False: whatever is told to this span is lost, so it need not be worked out.
    bool is_recorded() const { return state_ != nullptr; }
    void rename(std::string_view name);
    void began_at(Timestamp moment);
    void attribute(std::string_view key, std::string_view value) { note(key, value); }
    void attribute(std::string_view key, std::int64_t value) { note(key, value); }
    void attribute(std::string_view key, int value) { note(key, std::int64_t{value}); }
    void attribute(std::string_view key, bool value) { note(key, value); }
    void attribute(std::string_view key, const char* value) { note(key, std::string_view(value)); }
    /// The order that the span is about, and its owner; 0: not known.
    void about_order(std::int64_t order_id, std::int64_t owner = 0);
    void fail(std::string_view reason);

private:
    struct State;
    Span(Context context, State* state) : context_(std::move(context)), state_(state) {}
    static State* begin(std::string_view name, std::optional<TraceParent> above, TraceParent own, Kind kind);
    void note(std::string_view key, std::string_view value);
    void note(std::string_view key, std::int64_t value);
    void note(std::string_view key, bool value);

    Context context_;
    State* state_; // null when nothing is exported
};

/// Sends finished spans to `<endpoint>/v1/traces` (OTLP/HTTP, JSON) of each endpoint from a background
/// thread, in batches. At most 4096 spans wait; what comes beyond, or cannot be delivered, is dropped
/// and counted (tandem_spans_dropped_total), for each endpoint that missed it. Call once, before the
/// first span.
void open_tracing(std::string service, std::vector<std::string> endpoints);

/// Delivers what waits, for at most two seconds an endpoint; call before exit. Does nothing when not open.
void close_tracing();

/// A new context for work that nobody asked for (timers, scans): a fresh trace.
Context new_context();

/// The same for work that happens all the time and tells nothing, as probes do: a fresh trace that
/// nobody who is called records (W3C Trace Context, section 3.2.2.5.1, the sampled flag).
Context unrecorded_context();

} // namespace tandem::telemetry
