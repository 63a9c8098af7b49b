#include "libs/telemetry/trace.hpp"

#include "libs/telemetry/otlp.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <random>

namespace tandem::telemetry {
namespace {

constexpr std::size_t version_00_size = 55;

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
    const bool shaped =
        text.size() >= version_00_size && text[2] == '-' && text[35] == '-' && text[52] == '-';
    if (!shaped) {
        return std::nullopt;
    }
    const std::string_view version = text.substr(0, 2);
    const std::string_view trace_id = text.substr(3, 32);
    const std::string_view span_id = text.substr(36, 16);
    const std::string_view flags = text.substr(53, 2);
    const bool size_fits =
        text.size() == version_00_size || (version != "00" && text[version_00_size] == '-');
    if (!size_fits || !is_lower_hex(version) || version == "ff" || !is_id(trace_id) || !is_id(span_id) ||
        !is_lower_hex(flags)) {
        return std::nullopt;
    }
    const bool sampled = hex_digit(flags[1]) % 2 == 1;
    return TraceParent{std::string(trace_id), std::string(span_id), sampled};
}

std::string to_string(const TraceParent& parent) {
    return "00-" + parent.trace_id + "-" + parent.span_id + (parent.sampled ? "-01" : "-00");
}

struct Span::State {
    FinishedSpan span;
};

Span Span::start(std::string name, const Context& parent, Kind kind) {
    auto above = parse_traceparent(parent.traceparent);
    TraceParent own{above ? above->trace_id : new_trace_id(), new_span_id(), !above || above->sampled};
    Context context{to_string(own), parent.request_id};
    if (!exporter() || !own.sampled) {
        return Span(std::move(context), nullptr);
    }
    auto* state = new State;
    state->span.name = std::move(name);
    state->span.trace_id = std::move(own.trace_id);
    state->span.span_id = std::move(own.span_id);
    state->span.parent_span_id = above ? std::move(above->span_id) : std::string();
    state->span.kind = kind;
    state->span.started = SystemClock().now();
    return Span(std::move(context), state);
}

Span::Span(Span&& other) noexcept
    : context_(std::move(other.context_)), state_(std::exchange(other.state_, nullptr)) {}

Span::~Span() {
    const std::unique_ptr<State> state(state_);
    if (state && exporter()) {
        state->span.ended = SystemClock().now();
        exporter()->add(std::move(state->span));
    }
}

void Span::attribute(std::string key, std::string value) {
    if (state_ != nullptr) {
        state_->span.attributes.emplace_back(std::move(key), std::move(value));
    }
}

void Span::fail(std::string reason) {
    if (state_ != nullptr) {
        state_->span.failed = true;
        state_->span.failure = std::move(reason);
    }
}

void open_tracing(std::string service, std::string endpoint) {
    exporter() = std::make_unique<OtlpExporter>(std::move(service), std::move(endpoint));
}

void close_tracing() {
    exporter().reset();
}

Context new_context() {
    const TraceParent fresh{new_trace_id(), new_span_id(), true};
    return {to_string(fresh), {}};
}

} // namespace tandem::telemetry
