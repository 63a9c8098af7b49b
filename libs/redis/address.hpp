#pragma once

#include "libs/kernel/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace tandem::redis {

/// Where a Redis is, and as whom to log in.
struct Address {
    std::string host;
    std::uint16_t port = 6379;
    std::string user;     ///< empty: the server's default user
    std::string password; ///< empty: no login
    std::uint16_t database = 0;

    /// Reads redis://[[user]:password@]host[:port][/database]. What is special in a URL is
    /// percent-encoded in user and password. ErrorKind::invalid otherwise; the message says what is
    /// wrong and repeats nothing of the URL, since any part of it may be a password.
    static Result<Address> parse(std::string_view url);

    /// "host:port": all of it that may be logged.
    std::string to_string() const;
};

} // namespace tandem::redis
