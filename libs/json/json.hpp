#pragma once

#include "libs/json/reader.hpp"
#include "libs/json/writer.hpp"
#include "libs/kernel/result.hpp"

#include <boost/describe.hpp>

#include <string>
#include <string_view>

/// JSON for data transfer objects. A DTO is a plain struct whose members bear the wire names and
/// that is described once:
///
///     struct LoginRequest { std::string email; std::string password; };
///     BOOST_DESCRIBE_STRUCT(LoginRequest, (), (email, password))
///
///     Result<LoginRequest> login = json::read<LoginRequest>(body);
///     std::string text = json::write(answer);
///
/// Members may be std::string, std::int64_t, int, bool, double, Money (a decimal string; a plain
/// number with at most two decimals is accepted too), Timestamp (RFC 3339), std::vector<T>,
/// std::optional<T>, json::Raw, std::map<std::string, T>, Id<Thing>, any other integer type,
/// described enums (BOOST_DESCRIBE_ENUM: the enumerator is the word), and other described structs.
/// For a type of your own, declare read_value(const json::Cursor&, T&) and
/// write_value(json::Writer&, const T&) beside it.
///
/// Reading: unknown members are ignored. A std::optional may be absent or null, and a
/// std::optional<std::optional<T>> tells the two apart: it is empty, or it holds an empty one; everything
/// else must be there. Text that is not JSON (RFC 8259), not UTF-8, over 1 MiB, or nested deeper than 32
/// is ErrorKind::bad_request; a member of the wrong type, out of range, or missing is
/// ErrorKind::invalid with one FieldError for each, whose path reads "email" or
/// "items/0/quantity" (20 at most). A string that holds U+0000 is invalid too. Integers are exact: 1.5, "1"
/// and 1e2 are no integers. A duplicate member: the first counts.
///
/// Writing: members in the order of description; an empty optional is written as null.
namespace tandem::json {

template <class T>
Result<T> read(std::string_view text) {
    T value{};
    Document document(text);
    read_value(document.root(), value);
    if (auto error = document.finish()) {
        return fail(std::move(*error));
    }
    return value;
}

template <class T>
std::string write(const T& value) {
    Writer writer;
    write_value(writer, value);
    return std::move(writer).text();
}

} // namespace tandem::json
