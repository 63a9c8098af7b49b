#pragma once

#include "libs/json/raw.hpp"
#include "libs/kernel/id.hpp"
#include "libs/kernel/money.hpp"
#include "libs/kernel/result.hpp"
#include "libs/kernel/time.hpp"

#include <boost/describe.hpp>
#include <boost/mp11/algorithm.hpp>

#include <concepts>
#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace tandem::json {

struct Workspace;

/// A place in a document: one value, with its name if it is a member. Valid while its Document
/// lives. Each `expect` and `read` notes a FieldError with the place's path when the value does not
/// fit, and then gives false or nothing.
class Cursor {
public:
    bool is_null() const;
    bool expect_object() const;
    bool expect_array() const;

    /// The first member or item; false as a bool when there is none, or this is neither object nor array.
    Cursor first() const;
    Cursor next() const;
    explicit operator bool() const { return index_ < end_; }
    std::string_view key() const;

    std::optional<bool> read_bool() const;
    std::optional<double> read_double() const;
    std::optional<std::int64_t> read_integer(std::int64_t least, std::int64_t most) const;
    /// Refuses U+0000, which PostgreSQL cannot store. Valid while the Document lives.
    std::optional<std::string_view> read_string() const;
    std::optional<Money> read_money() const;
    std::optional<Timestamp> read_timestamp() const;
    /// The value as it was sent, white space within it too.
    std::string_view raw() const;

    /// Notes that this value breaks a rule: "must be ...".
    void report(std::string message) const;
    void report_missing(std::string_view member) const;

private:
    friend class Document;
    Cursor(Workspace* workspace, std::uint32_t index, std::uint32_t end)
        : workspace_(workspace), index_(index), end_(end) {}

    Workspace* workspace_;
    std::uint32_t index_; // into the workspace's nodes
    std::uint32_t end_;   // of the parent's nodes
};

/// A parsed text. All of it is validated at construction, what nobody reads too; a text that is not
/// JSON reads as null without further complaint, and `finish` says why.
class Document {
public:
    static constexpr std::size_t bytes_max = 1U << 20U;
    static constexpr int depth_max = 32;
    static constexpr std::size_t field_errors_max = 20;

    explicit Document(std::string_view text);
    Document(const Document&) = delete;
    Document& operator=(const Document&) = delete;
    ~Document();

    Cursor root();
    /// What was wrong, if anything: bad_request or invalid.
    std::optional<Error> finish();

private:
    std::unique_ptr<Workspace> workspace_;
};

inline void read_value(const Cursor& at, bool& value) {
    value = at.read_bool().value_or(value);
}
inline void read_value(const Cursor& at, double& value) {
    value = at.read_double().value_or(value);
}
void read_value(const Cursor& at, std::string& value);
void read_value(const Cursor& at, Money& value);
void read_value(const Cursor& at, Timestamp& value);
void read_value(const Cursor& at, Raw& value);

template <std::integral T>
void read_value(const Cursor& at, T& value) {
    constexpr auto least = static_cast<std::int64_t>(std::numeric_limits<T>::min());
    constexpr auto most = std::in_range<std::int64_t>(std::numeric_limits<T>::max())
                              ? static_cast<std::int64_t>(std::numeric_limits<T>::max())
                              : std::numeric_limits<std::int64_t>::max();
    value = static_cast<T>(at.read_integer(least, most).value_or(static_cast<std::int64_t>(value)));
}

template <class Thing>
void read_value(const Cursor& at, Id<Thing>& value) {
    std::int64_t number = 0;
    read_value(at, number);
    value = Id<Thing>(number);
}

template <class T>
void read_value(const Cursor& at, std::optional<T>& value);
template <class T>
void read_value(const Cursor& at, std::optional<std::optional<T>>& value);
template <class T>
void read_value(const Cursor& at, std::vector<T>& value);
template <class T>
void read_value(const Cursor& at, std::map<std::string, T>& value);

/// A described enum (BOOST_DESCRIBE_ENUM): its enumerators are the words on the wire.
template <class T>
    requires boost::describe::has_describe_enumerators<T>::value
void read_value(const Cursor& at, T& value) {
    const auto word = at.read_string();
    if (!word) {
        return;
    }
    bool known = false;
    std::string choices;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>([&](auto enumerator) {
        if (*word == enumerator.name) {
            value = enumerator.value;
            known = true;
        }
        choices += (choices.empty() ? "" : ", ") + std::string(enumerator.name);
    });
    if (!known) {
        at.report("must be one of: " + choices);
    }
}

template <class T>
constexpr bool is_optional = false;
template <class T>
constexpr bool is_optional<std::optional<T>> = true;

/// A described struct. Of a member that comes twice the first counts.
template <class T>
    requires boost::describe::has_describe_members<T>::value
void read_value(const Cursor& at, T& value) {
    using namespace boost::describe;
    using Members = describe_members<T, mod_public | mod_inherited>;
    static_assert(boost::mp11::mp_size<Members>::value <= 64);
    if (!at.expect_object()) {
        return;
    }
    std::uint64_t seen = 0;
    for (Cursor member = at.first(); member; member = member.next()) {
        std::uint64_t bit = 1;
        boost::mp11::mp_for_each<Members>([&](auto described) {
            if ((seen & bit) == 0 && member.key() == described.name) {
                seen |= bit;
                read_value(member, value.*described.pointer);
            }
            bit <<= 1U;
        });
    }
    std::uint64_t bit = 1;
    boost::mp11::mp_for_each<Members>([&](auto described) {
        using Member = std::remove_reference_t<decltype(value.*described.pointer)>;
        if ((seen & bit) == 0 && !is_optional<Member>) {
            at.report_missing(described.name);
        }
        bit <<= 1U;
    });
}

template <class T>
void read_value(const Cursor& at, std::optional<T>& value) {
    value.reset();
    if (!at.is_null()) {
        read_value(at, value.emplace());
    }
}

template <class T>
void read_value(const Cursor& at, std::optional<std::optional<T>>& value) {
    read_value(at, value.emplace());
}

template <class T>
void read_value(const Cursor& at, std::vector<T>& value) {
    value.clear();
    if (!at.expect_array()) {
        return;
    }
    for (Cursor item = at.first(); item; item = item.next()) {
        T read{};
        read_value(item, read);
        value.push_back(std::move(read));
    }
}

template <class T>
void read_value(const Cursor& at, std::map<std::string, T>& value) {
    value.clear();
    if (!at.expect_object()) {
        return;
    }
    for (Cursor member = at.first(); member; member = member.next()) {
        const auto [place, fresh] = value.try_emplace(std::string(member.key()));
        if (fresh) {
            read_value(member, place->second);
        }
    }
}

} // namespace tandem::json
