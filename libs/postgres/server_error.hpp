#pragma once

#include <libpq-fe.h>

#include <exception>
#include <string>
#include <string_view>

namespace tandem::postgres {

/// An error result, sorted: what to throw at the caller, and whether the session ends with it.
struct ServerError {
    std::exception_ptr thrown;
    bool ends_session;
    std::string sqlstate;
    std::string message;
};

/// `query` is the name of the statement that met it. Leaves out the server's DETAIL, which quotes
/// customers' data. (PostgreSQL 15, appendix A; severities in section 55.8.)
ServerError sort_error(const PGresult* result, std::string_view query);

} // namespace tandem::postgres
