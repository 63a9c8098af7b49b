#include "libs/kernel/time.hpp"

#include <charconv>
#include <cstdio>

namespace tandem {
namespace {

using namespace std::chrono;

/// Takes exactly `width` digits off the front of `text`; -1 when they are not there.
int take_number(std::string_view& text, std::size_t width) {
    int value = -1;
    if (text.size() < width || text.front() < '0' || text.front() > '9') {
        return -1;
    }
    const auto [end, error] = std::from_chars(text.data(), text.data() + width, value);
    if (error != std::errc{} || end != text.data() + width) {
        return -1;
    }
    text.remove_prefix(width);
    return value;
}

bool take(std::string_view& text, std::string_view any_of) {
    if (text.empty() || any_of.find(text.front()) == std::string_view::npos) {
        return false;
    }
    text.remove_prefix(1);
    return true;
}

std::optional<microseconds> take_fraction(std::string_view& text) {
    if (!take(text, ".")) {
        return microseconds(0);
    }
    long value = 0;
    int count = 0;
    for (; !text.empty() && text.front() >= '0' && text.front() <= '9'; ++count, text.remove_prefix(1)) {
        value = count < 6 ? value * 10 + (text.front() - '0') : value;
    }
    if (count == 0 || count > 9) {
        return std::nullopt;
    }
    for (; count < 6; ++count) {
        value *= 10;
    }
    return microseconds(value);
}

std::optional<minutes> take_offset(std::string_view& text) {
    if (take(text, "Zz")) {
        return minutes(0);
    }
    const int sign = text.starts_with('-') ? -1 : 1;
    if (!take(text, "+-")) {
        return std::nullopt;
    }
    const int hour = take_number(text, 2);
    const int minute = take(text, ":") ? take_number(text, 2) : -1;
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59) {
        return std::nullopt;
    }
    return minutes(sign * (hour * 60 + minute));
}

std::optional<year_month_day> take_date(std::string_view& text) {
    const int y = take_number(text, 4);
    const int m = take(text, "-") ? take_number(text, 2) : -1;
    const int d = take(text, "-") ? take_number(text, 2) : -1;
    if (y < 0 || m < 1 || d < 1) {
        return std::nullopt;
    }
    const year_month_day date(year(y), month(static_cast<unsigned>(m)), day(static_cast<unsigned>(d)));
    return date.ok() ? std::optional(date) : std::nullopt;
}

} // namespace

std::string to_rfc3339(Timestamp moment) {
    const auto midnight = floor<days>(moment);
    const year_month_day date(midnight);
    const hh_mm_ss time(moment - midnight);
    char text[40];
    const int length = std::snprintf(text,
                                     sizeof text,
                                     "%04d-%02u-%02uT%02d:%02d:%02d.%06dZ",
                                     static_cast<int>(date.year()),
                                     static_cast<unsigned>(date.month()),
                                     static_cast<unsigned>(date.day()),
                                     static_cast<int>(time.hours().count()),
                                     static_cast<int>(time.minutes().count()),
                                     static_cast<int>(time.seconds().count()),
                                     static_cast<int>(time.subseconds().count()));
    return {text, static_cast<std::size_t>(length)};
}

std::optional<Timestamp> parse_rfc3339(std::string_view text) {
    const auto date = take_date(text);
    if (!date || !take(text, "Tt ")) {
        return std::nullopt;
    }
    const int hour = take_number(text, 2);
    const int minute = take(text, ":") ? take_number(text, 2) : -1;
    const int second = take(text, ":") ? take_number(text, 2) : -1;
    const auto fraction = take_fraction(text);
    const auto offset = take_offset(text);
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59 || !fraction ||
        !offset || !text.empty()) {
        return std::nullopt;
    }
    return Timestamp(sys_days(*date)) + hours(hour) + minutes(minute) + seconds(second) + *fraction - *offset;
}

} // namespace tandem
