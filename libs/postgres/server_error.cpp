#include "libs/postgres/server_error.hpp"

#include "libs/postgres/pool.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace tandem::postgres {
namespace {

std::string field(const PGresult* result, int code) {
    const char* value = PQresultErrorField(result, code);
    return value == nullptr ? std::string() : std::string(value);
}

// 26000: a prepared statement is not there, so that what we know of the session is wrong.
bool is_connection_error(std::string_view sqlstate) {
    static constexpr std::array<std::string_view, 10> states{
        "", "08000", "08001", "08003", "08004", "08006", "57P01", "57P02", "57P03", "26000"};
    return std::ranges::find(states, sqlstate) != states.end();
}

// Class 53: no disk, memory or connections left. Class 58: the system failed, such as an I/O error. The
// statement is not to blame, and may succeed later.
bool is_server_in_trouble(std::string_view sqlstate) {
    return sqlstate.starts_with("53") || sqlstate.starts_with("58");
}

} // namespace

ServerError sort_error(const PGresult* result, std::string_view query) {
    const std::string sqlstate = field(result, PG_DIAG_SQLSTATE);
    const std::string severity = field(result, PG_DIAG_SEVERITY_NONLOCALIZED);
    const std::string primary = field(result, PG_DIAG_MESSAGE_PRIMARY);
    const std::string message =
        fmt::format("{}: {} ({})", query, primary.empty() ? PQresultErrorMessage(result) : primary, sqlstate);
    if (is_connection_error(sqlstate) || severity == "FATAL" || severity == "PANIC") {
        return {std::make_exception_ptr(Unavailable(message)), true, sqlstate, message};
    }
    if (is_server_in_trouble(sqlstate)) {
        return {std::make_exception_ptr(Unavailable(message)), false, sqlstate, message};
    }
    if (sqlstate == "57014") { // query_canceled: statement_timeout
        return {std::make_exception_ptr(StatementTimeout(message)), false, sqlstate, message};
    }
    const StatementError error(message, sqlstate, field(result, PG_DIAG_CONSTRAINT_NAME));
    return {std::make_exception_ptr(error), false, sqlstate, message};
}

} // namespace tandem::postgres
