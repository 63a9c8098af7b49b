#include "lab/auditor/row_stream.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <stdexcept>

namespace tandem::audit {
namespace {

constexpr std::size_t copy_header_bytes = 19;
/// timestamptz counts from 2000-01-01.
constexpr std::chrono::seconds postgres_epoch{946'684'800};

} // namespace

std::string to_string(const Uuid& uuid) {
    std::string text;
    for (std::size_t i = 0; i < uuid.size(); ++i) {
        const bool is_before_dash = i == 4 || i == 6 || i == 8 || i == 10;
        fmt::format_to(std::back_inserter(text), "{}{:02x}", is_before_dash ? "-" : "", uuid[i]);
    }
    return text;
}

RowStream::RowStream(Session session, const std::string& sql) : session_(std::move(session)) {
    session_.begin_copy("COPY (" + sql + ") TO STDOUT (FORMAT binary)");
}

bool RowStream::fetch() {
    copied_ = session_.next_copied();
    rest_ = {copied_.buffer.get(), copied_.size};
    return !rest_.empty();
}

bool RowStream::next() {
    if (!fetch()) {
        return false;
    }
    if (!begun_) {
        take(copy_header_bytes);
        begun_ = true;
        if (rest_.empty() && !fetch()) {
            return false;
        }
    }
    const bool is_trailer = take_integer(2) == -1;
    return is_trailer ? next() : true;
}

std::string_view RowStream::take(std::size_t size) {
    if (rest_.size() < size) {
        throw std::logic_error("a row is read beyond its end");
    }
    const std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
}

std::int64_t RowStream::take_integer(std::size_t size) {
    const std::string_view bytes = take(size);
    std::uint64_t value = (static_cast<unsigned char>(bytes.front()) & 0x80U) != 0 ? ~std::uint64_t{0} : 0;
    for (const char byte : bytes) {
        value = (value << 8U) | static_cast<unsigned char>(byte);
    }
    return static_cast<std::int64_t>(value);
}

std::optional<std::string_view> RowStream::field() {
    const std::int64_t size = take_integer(4);
    return size < 0 ? std::nullopt : std::optional(take(static_cast<std::size_t>(size)));
}

std::string_view RowStream::present() {
    const auto value = field();
    if (!value) {
        throw std::logic_error("a column that is never NULL is NULL");
    }
    return *value;
}

std::optional<std::int64_t> RowStream::optional_integer() {
    const std::int64_t size = take_integer(4);
    return size < 0 ? std::nullopt : std::optional(take_integer(static_cast<std::size_t>(size)));
}

std::int64_t RowStream::integer() {
    return optional_integer().value();
}

std::string RowStream::text() {
    return std::string(present());
}

std::optional<std::string> RowStream::optional_text() {
    const auto value = field();
    return value ? std::optional<std::string>(*value) : std::nullopt;
}

std::optional<Timestamp> RowStream::optional_moment() {
    const auto value = optional_integer();
    return value ? std::optional(Timestamp(postgres_epoch + std::chrono::microseconds(*value)))
                 : std::nullopt;
}

Timestamp RowStream::moment() {
    return optional_moment().value();
}

Uuid RowStream::uuid() {
    Uuid uuid{};
    const std::string_view bytes = present();
    std::copy_n(bytes.begin(), std::min(bytes.size(), uuid.size()), uuid.begin());
    return uuid;
}

} // namespace tandem::audit
