#include "libs/postgres/rows.hpp"

#include <libpq-fe.h>

#include <charconv>
#include <fmt/format.h>
#include <stdexcept>

namespace tandem::postgres {
namespace {

template <class Number>
Number parse(std::string_view text, int column) {
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) {
        throw std::logic_error(fmt::format("column {} holds no number", column));
    }
    return number;
}

// timestamptz as the server writes it with DateStyle ISO and time zone UTC: "2026-11-23
// 06:10:37.123456+00", so 'T' and the minutes of the offset are what RFC 3339 has in addition.
std::optional<Timestamp> parse_timestamptz(std::string_view text) {
    std::string adapted(text);
    if (adapted.size() > 10 && adapted[10] == ' ') {
        adapted[10] = 'T';
    }
    if (adapted.size() > 3 && (adapted[adapted.size() - 3] == '+' || adapted[adapted.size() - 3] == '-')) {
        adapted += ":00";
    }
    return parse_rfc3339(adapted);
}

} // namespace

std::string_view Row::view(int column) const {
    if (column < 0 || column >= PQnfields(result_)) {
        throw std::logic_error(fmt::format("the result has no column {}", column));
    }
    if (PQgetisnull(result_, row_, column) != 0) {
        throw std::logic_error(fmt::format("column {} is NULL", column));
    }
    return {PQgetvalue(result_, row_, column), static_cast<std::size_t>(PQgetlength(result_, row_, column))};
}

bool Row::is_null(int column) const {
    if (column < 0 || column >= PQnfields(result_)) {
        throw std::logic_error(fmt::format("the result has no column {}", column));
    }
    return PQgetisnull(result_, row_, column) != 0;
}

std::int64_t Row::integer(int column) const {
    return parse<std::int64_t>(view(column), column);
}

std::string Row::text(int column) const {
    return std::string(view(column));
}

bool Row::boolean(int column) const {
    const std::string_view text = view(column);
    if (text != "t" && text != "f") {
        throw std::logic_error(fmt::format("column {} holds no boolean", column));
    }
    return text == "t";
}

double Row::real(int column) const {
    return parse<double>(view(column), column);
}

Money Row::money(int column) const {
    return Money::from_cents(integer(column));
}

Timestamp Row::timestamp(int column) const {
    const auto moment = parse_timestamptz(view(column));
    if (!moment) {
        throw std::logic_error(fmt::format("column {} holds no timestamptz", column));
    }
    return *moment;
}

std::optional<std::int64_t> Row::optional_integer(int column) const {
    return is_null(column) ? std::nullopt : std::optional(integer(column));
}

std::optional<std::string> Row::optional_text(int column) const {
    return is_null(column) ? std::nullopt : std::optional(text(column));
}

std::optional<Timestamp> Row::optional_timestamp(int column) const {
    return is_null(column) ? std::nullopt : std::optional(timestamp(column));
}

int Rows::size() const {
    return PQntuples(result_.get());
}

std::int64_t Rows::affected() const {
    const std::string_view count = PQcmdTuples(result_.get());
    return count.empty() ? 0 : parse<std::int64_t>(count, 0);
}

std::string_view Rows::command() const {
    return PQcmdStatus(result_.get());
}

void Rows::Clear::operator()(pg_result* result) const {
    PQclear(result);
}

} // namespace tandem::postgres
