#pragma once

#include "libs/kernel/id.hpp"
#include "libs/kernel/money.hpp"
#include "libs/kernel/time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tandem::postgres {

/// The values of $1, $2, ... of one statement. Integers, ids and money go as bigint (money in
/// cents), text as text, moments as timestamptz, vectors as arrays (for `unnest`), an empty
/// optional as NULL. A NUL in a text, which PostgreSQL cannot store, becomes U+FFFD. Owns its values.
class Params {
public:
    Params() = default;
    template <class... Values>
    explicit Params(const Values&... values) {
        (add(values), ...);
    }

    Params& add(std::string_view text);
    Params& add(const std::string& text) { return add(std::string_view(text)); }
    Params& add(const char* text) { return add(std::string_view(text)); }
    Params& add(std::int64_t number);
    Params& add(int number) { return add(static_cast<std::int64_t>(number)); }
    Params& add(bool flag);
    Params& add(double number);
    Params& add(Money amount) { return add(amount.cents()); }
    Params& add(Timestamp moment);
    Params& add(std::nullopt_t);
    template <class Thing>
    Params& add(Id<Thing> id) {
        return add(id.value());
    }
    template <class T>
    Params& add(const std::optional<T>& value) {
        return value ? add(*value) : add(std::nullopt);
    }
    Params& add(const std::vector<std::int64_t>& numbers);
    Params& add(const std::vector<std::string>& texts);

    /// For the connection: text format, nothing for NULL.
    const std::vector<std::optional<std::string>>& values() const { return values_; }

private:
    std::vector<std::optional<std::string>> values_;
};

} // namespace tandem::postgres
