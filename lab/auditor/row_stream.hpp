#pragma once

#include "lab/auditor/session.hpp"
#include "libs/kernel/time.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tandem::audit {

using Uuid = std::array<unsigned char, 16>;
std::string to_string(const Uuid& uuid);

/// The rows of one query as they arrive (COPY in binary): memory for one row, whatever the query
/// gives. After `next` the columns are read once each, from left to right, by their types; bigint,
/// integer and boolean are numbers.
class RowStream {
public:
    /// Takes over a session that has begun a transaction.
    RowStream(Session session, const std::string& sql);

    bool next();
    std::int64_t integer();
    std::optional<std::int64_t> optional_integer();
    std::string text();
    std::optional<std::string> optional_text();
    Timestamp moment();
    std::optional<Timestamp> optional_moment();
    Uuid uuid();

private:
    bool fetch();
    std::optional<std::string_view> field();
    std::string_view present();
    std::string_view take(std::size_t size);
    std::int64_t take_integer(std::size_t size);

    Session session_;
    CopiedBytes copied_;
    std::string_view rest_;
    bool begun_ = false;
};

} // namespace tandem::audit
