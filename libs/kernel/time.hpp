#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace tandem {

/// A moment in UTC, to the microsecond: what PostgreSQL's timestamptz can hold.
using Timestamp = std::chrono::sys_time<std::chrono::microseconds>;

/// "2026-11-23T06:10:37.123456Z" (RFC 3339, always UTC, always six decimals).
std::string to_rfc3339(Timestamp moment);

/// Reads RFC 3339 with 'Z' or a numeric offset and up to nine decimals (cut to six).
std::optional<Timestamp> parse_rfc3339(std::string_view text);

/// Where rules read the time, so that tests can set it.
class Clock {
public:
    virtual ~Clock() = default;
    virtual Timestamp now() const = 0;
};

class SystemClock final : public Clock {
public:
    Timestamp now() const override {
        return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
    }
};

} // namespace tandem
