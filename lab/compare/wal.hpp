#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tandem::lab {

/// A position in PostgreSQL's write-ahead log, "16/B374D848", as a number of bytes.
std::optional<std::uint64_t> parse_lsn(std::string_view text);

/// Where each database (by URL) writes now.
using WalPositions = std::map<std::string, std::uint64_t>;

/// Throws std::runtime_error, without the URL's password, when a database does not answer.
WalPositions wal_positions(const std::vector<std::string>& urls);

/// What all of them wrote in between; a database that `before` lacks does not count.
std::int64_t wal_bytes_between(const WalPositions& before, const WalPositions& after);

} // namespace tandem::lab
