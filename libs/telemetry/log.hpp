#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

namespace tandem::telemetry {

/// A named value of a log line. Numbers stay numbers in the JSON.
struct Field {
    std::string_view name;
    std::variant<std::string_view, std::int64_t, double, bool> value;

    Field(std::string_view key, std::string_view text) : name(key), value(text) {}
    Field(std::string_view key, const std::string& text) : name(key), value(std::string_view(text)) {}
    Field(std::string_view key, const char* text) : name(key), value(std::string_view(text)) {}
    Field(std::string_view key, bool flag) : name(key), value(flag) {}
    Field(std::string_view key, double number) : name(key), value(number) {}
    template <std::integral Number>
        requires(!std::same_as<Number, bool>)
    Field(std::string_view key, Number number) : name(key), value(static_cast<std::int64_t>(number)) {}
};

using Fields = std::initializer_list<Field>;

enum class Level { debug, info, warn, error };

/// Opens the process's log: one JSON object a line on standard output, written by a background
/// thread (spdlog). `service` is put into every line. Before the first call, lines go to standard
/// error. When the queue of 2048 lines is full the oldest are dropped, never the caller
/// blocked.
void open_log(std::string service, Level least);

/// Writes what is queued; call before exit.
void close_log();

/// One line: {"time","level","service","message", fields...}. Fields named `traceparent` are split
/// into `trace_id` and `span_id`. Safe from any thread. Never give it secrets: passwords, tokens,
/// full addresses of customers.
void log(Level level, std::string_view message, Fields fields = {});

inline void log_debug(std::string_view message, Fields fields = {}) {
    log(Level::debug, message, fields);
}
inline void log_info(std::string_view message, Fields fields = {}) {
    log(Level::info, message, fields);
}
inline void log_warn(std::string_view message, Fields fields = {}) {
    log(Level::warn, message, fields);
}
inline void log_error(std::string_view message, Fields fields = {}) {
    log(Level::error, message, fields);
}

} // namespace tandem::telemetry
