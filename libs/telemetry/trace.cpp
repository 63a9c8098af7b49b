#include "libs/telemetry/trace.hpp"

#include "libs/telemetry/otlp.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <random>
#include <utility>

namespace tandem::telemetry {
namespace {

constexpr std::size_t trace_id_at = 3;
constexpr std::size_t span_id_at = 36;
constexpr std::size_t flags_at = 53;
constexpr std::size_t version_00_size = 55;
/// What a caller sends, a path for instance, must not make a batch too large to be delivered.
constexpr std::size_t attribute_bytes_max = 1'024;

std::unique_ptr<OtlpExporter>& exporter() {
    static std::unique_ptr<OtlpExporter> the_one;
    return the_one;
}

bool is_lower_hex(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

bool is_id(std::string_view text) {
    return is_lower_hex(text) && text.find_first_not_of('0') != std::string_view::npos;
}

int hex_digit(char character) {
    return character <= '9' ? character - '0' : character - 'a' + 10;
}

bool is_traceparent(std::string_view text) {
    const bool shaped =
        text.size() >= version_00_size && text[2] == '-' && text[35] == '-' && text[52] == '-';
    if (!shaped) {
        return false;
    }
    const std::string_view version = text.substr(0, 2);
    const bool size_fits =
        text.size() == version_00_size || (version != "00" && text[version_00_size] == '-');
    return size_fits && is_lower_hex(version) && version != "ff" && is_id(text.substr(trace_id_at, 32)) &&
           is_id(text.substr(span_id_at, 16)) && is_lower_hex(text.substr(flags_at, 2));
}

/// Ids need to be different, not secret: a generator a thread, seeded by the system, is enough.
std::uint64_t random_nonzero() {
    thread_local std::mt19937_64 generator(std::random_device{}() * 0x1'0000'0000ULL +
                                           std::random_device{}());
    std::uint64_t value = generator();
    while (value == 0) {
        value = generator();
    }
    return value;
}

std::string new_trace_id() {
    return fmt::format("{:016x}{:016x}", random_nonzero(), random_nonzero());
}

std::string new_span_id() {
    return fmt::format("{:016x}", random_nonzero());
}

} // namespace

std::optional<TraceParent> parse_traceparent(std::string_view text) {
    if (!is_traceparent(text)) {
        return std::nullopt;
    }
    const bool sampled = hex_digit(text[flags_at + 1]) % 2 == 1;
    return TraceParent{
        std::string(text.substr(trace_id_at, 32)), std::string(text.substr(span_id_at, 16)), sampled};
}

std::string to_string(const TraceParent& parent) {
    return "00-" + parent.trace_id + "-" + parent.span_id + (parent.sampled ? "-01" : "-00");
}

struct Span::State {
    FinishedSpan span;
};

Span Span::start(std::string_view name, const Context& parent, Kind kind) {
    if (!exporter() && kind != Kind::server && is_traceparent(parent.traceparent)) {
        return Span(parent, nullptr);
    }
    auto above = parse_traceparent(parent.traceparent);
    const bool is_exported = exporter() && (!above || above->sampled);
    TraceParent own{above ? above->trace_id : new_trace_id(), new_span_id(), !above || above->sampled};
    Context context{to_string(own), parent.request_id};
    State* state = is_exported ? begin(name, std::move(above), std::move(own), kind) : nullptr;
    return Span(std::move(context), state);
}

Span::State*
Span::begin(std::string_view name, std::optional<TraceParent> above, TraceParent own, Kind kind) {
    auto state = std::make_unique<State>();
    state->span.name = name;
    state->span.trace_id = std::move(own.trace_id);
    state->span.span_id = std::move(own.span_id);
    state->span.parent_span_id = above ? std::move(above->span_id) : std::string();
    state->span.kind = kind;
    state->span.started = SystemClock().now();
    return state.release();
}

Span::Span(Span&& other) noexcept
    : context_(std::move(other.context_)), state_(std::exchange(other.state_, nullptr)) {}

Span::~Span() {
    const std::unique_ptr<State> state(state_);
    if (state && exporter()) {
        state->span.ended = std::max(SystemClock().now(), state->span.started); // a clock may be set back
        exporter()->add(std::move(state->span));
    }
}

void Span::rename(std::string_view name) {
    if (state_ != nullptr) {
        state_->span.name = name;
    }
}

void Span::began_at(Timestamp moment) {
    if (state_ != nullptr) {
        state_->span.started = moment;
    }
}

void Span::note(std::string_view key, std::string_view value) {
    if (state_ != nullptr) {
        state_->span.attributes.emplace_back(key, std::string(value.substr(0, attribute_bytes_max)));
    }
}

void Span::note(std::string_view key, std::int64_t value) {
    if (state_ != nullptr) {
        state_->span.attributes.emplace_back(key, value);
    }
}

void Span::note(std::string_view key, bool value) {
    if (state_ != nullptr) {
        state_->span.attributes.emplace_back(key, value);
    }
}

void Span::about_order(std::int64_t order_id, std::int64_t owner) {
    if (order_id != 0) {
        note("tandem.order_id", order_id);
    }
    if (owner != 0 && is_recorded()) {
        note("enduser.id", std::to_string(owner));
    }
}

void Span::fail(std::string_view reason) {
    if (state_ != nullptr) {
        state_->span.failed = true;
        state_->span.failure = reason;
    }
}

void open_tracing(std::string service, std::vector<std::string> endpoints) {
    exporter() = std::make_unique<OtlpExporter>(std::move(service), std::move(endpoints));
}

void close_tracing() {
    exporter().reset();
}

Context new_context() {
    const TraceParent fresh{new_trace_id(), new_span_id(), true};
    return {to_string(fresh), {}};
}

Context unrecorded_context() {
    const TraceParent fresh{new_trace_id(), new_span_id(), false};
    return {to_string(fresh), {}};
}

} // namespace tandem::telemetry
