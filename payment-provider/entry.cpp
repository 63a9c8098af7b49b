#include "payment-provider/entry.hpp"

#include "libs/json/json.hpp"

#include <charconv>

namespace tandem::provider {
namespace {

/// Names as they stand in the file. The fingerprint is text: JSON readers may round 64-bit numbers.
struct Line {
    std::int64_t sequence = 0;
    Kind kind = Kind::charge;
    std::string id;
    std::string charge_id;
    std::int64_t order_id = 0;
    Money amount;
    Status status = Status::succeeded;
    std::string payment_method;
    std::string idempotency_key;
    std::string fingerprint;
    Timestamp created_at;
};
BOOST_DESCRIBE_STRUCT(Line,
                      (),
                      (sequence,
                       kind,
                       id,
                       charge_id,
                       order_id,
                       amount,
                       status,
                       payment_method,
                       idempotency_key,
                       fingerprint,
                       created_at))

template <class Number>
std::optional<Number> parse_number(std::string_view text) {
    Number value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = error == std::errc{} && end == text.data() + text.size();
    return whole ? std::optional(value) : std::nullopt;
}

} // namespace

std::string Entry::id() const {
    return (kind == Kind::charge ? "ch_" : "re_") + std::to_string(sequence);
}

std::string Entry::charge_id() const {
    return "ch_" + std::to_string(kind == Kind::charge ? sequence : charge);
}

std::optional<std::int64_t> parse_charge_id(std::string_view id) {
    return id.starts_with("ch_") ? parse_number<std::int64_t>(id.substr(3)) : std::nullopt;
}

std::string to_json(const Entry& entry) {
    return json::write(Line{entry.sequence,
                            entry.kind,
                            entry.id(),
                            entry.charge_id(),
                            entry.order_id,
                            entry.amount,
                            entry.status,
                            entry.payment_method,
                            entry.idempotency_key,
                            std::to_string(entry.fingerprint),
                            entry.created_at});
}

Result<Entry> parse_entry(std::string_view text) {
    auto line = json::read<Line>(text);
    if (!line) {
        return fail(line.error());
    }
    const auto charge = parse_charge_id(line->charge_id);
    const auto print = parse_number<std::uint64_t>(line->fingerprint);
    if (!charge || !print) {
        return fail(ErrorKind::invalid, "The entry's charge_id or fingerprint is not valid.");
    }
    return Entry{line->sequence,
                 line->kind,
                 line->status,
                 line->order_id,
                 line->kind == Kind::refund ? *charge : 0,
                 line->amount,
                 std::move(line->payment_method),
                 std::move(line->idempotency_key),
                 *print,
                 line->created_at};
}

std::uint64_t fingerprint(std::string_view text) {
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (const char character : text) {
        hash = (hash ^ static_cast<unsigned char>(character)) * 0x100000001b3U;
    }
    return hash;
}

} // namespace tandem::provider
