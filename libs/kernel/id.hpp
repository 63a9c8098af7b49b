#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace tandem {

/// A number that names one Thing, and that the compiler keeps apart from the names of other things.
template <class Thing>
class Id {
public:
    constexpr Id() = default;
    explicit constexpr Id(std::int64_t value) : value_(value) {}
    constexpr std::int64_t value() const { return value_; }
    friend constexpr auto operator<=>(Id, Id) = default;

private:
    std::int64_t value_ = 0;
};

} // namespace tandem

template <class Thing>
struct std::hash<tandem::Id<Thing>> {
    std::size_t operator()(tandem::Id<Thing> id) const { return std::hash<std::int64_t>{}(id.value()); }
};
