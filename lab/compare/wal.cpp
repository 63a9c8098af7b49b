#include "lab/compare/wal.hpp"

#include <libpq-fe.h>

#include <charconv>
#include <memory>
#include <stdexcept>

namespace tandem::lab {
namespace {

std::optional<std::uint32_t> hexadecimal(std::string_view text) {
    std::uint32_t value = 0;
    const char* end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, value, 16);
    return read.ec == std::errc() && read.ptr == end ? std::optional(value) : std::nullopt;
}

std::uint64_t position_of(const std::string& url) {
    const std::unique_ptr<PGconn, decltype(&PQfinish)> connection(::PQconnectdb(url.c_str()), &PQfinish);
    const std::unique_ptr<PGresult, decltype(&PQclear)> result(
        ::PQexec(connection.get(), "SELECT pg_current_wal_lsn()"), &PQclear);
    if (::PQresultStatus(result.get()) != PGRES_TUPLES_OK) {
        throw std::runtime_error(std::string("a database does not tell its WAL position: ") +
                                 ::PQerrorMessage(connection.get()));
    }
    const auto position = parse_lsn(::PQgetvalue(result.get(), 0, 0));
    if (!position) {
        throw std::runtime_error("a database's WAL position makes no sense");
    }
    return *position;
}

} // namespace

std::optional<std::uint64_t> parse_lsn(std::string_view text) {
    const auto slash = text.find('/');
    if (slash == std::string_view::npos) {
        return std::nullopt;
    }
    const auto high = hexadecimal(text.substr(0, slash));
    const auto low = hexadecimal(text.substr(slash + 1));
    return high && low ? std::optional((std::uint64_t{*high} << 32U) | *low) : std::nullopt;
}

WalPositions wal_positions(const std::vector<std::string>& urls) {
    WalPositions positions;
    for (const std::string& url : urls) {
        positions[url] = position_of(url);
    }
    return positions;
}

std::int64_t wal_bytes_between(const WalPositions& before, const WalPositions& after) {
    std::int64_t bytes = 0;
    for (const auto& [url, position] : after) {
        const auto earlier = before.find(url);
        if (earlier != before.end() && position > earlier->second) {
            bytes += static_cast<std::int64_t>(position - earlier->second);
        }
    }
    return bytes;
}

} // namespace tandem::lab
