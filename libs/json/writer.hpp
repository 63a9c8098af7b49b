#pragma once

#include "libs/json/raw.hpp"
#include "libs/kernel/id.hpp"
#include "libs/kernel/money.hpp"
#include "libs/kernel/time.hpp"

#include <boost/describe.hpp>
#include <boost/mp11/algorithm.hpp>

#include <concepts>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tandem::json {

/// Builds one JSON text (RFC 8259), compact, always UTF-8: bytes that are not are replaced by
/// U+FFFD. Commas are its business, balance is the caller's.
///
///     Writer writer;
///     writer.begin_object().key("kid").string(kid).key("size").integer(256).end_object();
class Writer {
public:
    Writer& begin_object() { return open('{'); }
    Writer& end_object() { return close('}'); }
    Writer& begin_array() { return open('['); }
    Writer& end_array() { return close(']'); }

    Writer& key(std::string_view name);
    Writer& string(std::string_view value);
    Writer& integer(std::int64_t value);
    Writer& unsigned_integer(std::uint64_t value);
    Writer& number(double value); ///< the shortest text that reads back equal; null when not finite
    Writer& boolean(bool value) { return raw(value ? "true" : "false"); }
    Writer& null() { return raw("null"); }
    /// JSON text as it is, unchecked.
    Writer& raw(std::string_view json);

    /// `key` and any value that `write_value` knows.
    template <class T>
    Writer& member(std::string_view name, const T& value) {
        key(name);
        write_value(*this, value);
        return *this;
    }

    const std::string& view() const { return text_; }
    std::string text() && { return std::move(text_); }

private:
    Writer& open(char bracket);
    Writer& close(char bracket);
    void separate();

    std::string text_;
    bool wants_comma_ = false;
};

/// `value` as a JSON string, with its quotes.
std::string quote(std::string_view value);

inline void write_value(Writer& writer, bool value) {
    writer.boolean(value);
}
inline void write_value(Writer& writer, double value) {
    writer.number(value);
}
inline void write_value(Writer& writer, std::string_view value) {
    writer.string(value);
}
inline void write_value(Writer& writer, const std::string& value) {
    writer.string(value);
}
inline void write_value(Writer& writer, const char* value) {
    writer.string(value);
}
inline void write_value(Writer& writer, const Raw& value) {
    writer.raw(value.text.empty() ? "null" : std::string_view(value.text));
}
void write_value(Writer& writer, Money value);
void write_value(Writer& writer, Timestamp value);

template <std::integral T>
void write_value(Writer& writer, T value) {
    if constexpr (std::signed_integral<T>) {
        writer.integer(value);
    } else {
        writer.unsigned_integer(value);
    }
}

template <class Thing>
void write_value(Writer& writer, Id<Thing> value) {
    writer.integer(value.value());
}

template <class T>
void write_value(Writer& writer, const std::optional<T>& value);
template <class T>
void write_value(Writer& writer, const std::vector<T>& value);
template <class T>
void write_value(Writer& writer, const std::map<std::string, T>& value);

/// A described enum: the enumerator's name.
template <class T>
    requires boost::describe::has_describe_enumerators<T>::value
void write_value(Writer& writer, T value) {
    writer.string(boost::describe::enum_to_string(value, ""));
}

/// A described struct: its members in the order of description.
template <class T>
    requires boost::describe::has_describe_members<T>::value
void write_value(Writer& writer, const T& value) {
    using namespace boost::describe;
    writer.begin_object();
    boost::mp11::mp_for_each<describe_members<T, mod_public | mod_inherited>>(
        [&](auto described) { writer.member(described.name, value.*described.pointer); });
    writer.end_object();
}

template <class T>
void write_value(Writer& writer, const std::optional<T>& value) {
    if (value) {
        write_value(writer, *value);
    } else {
        writer.null();
    }
}

template <class T>
void write_value(Writer& writer, const std::vector<T>& value) {
    writer.begin_array();
    for (const T& item : value) {
        write_value(writer, item);
    }
    writer.end_array();
}

template <class T>
void write_value(Writer& writer, const std::map<std::string, T>& value) {
    writer.begin_object();
    for (const auto& [name, item] : value) {
        writer.member(name, item);
    }
    writer.end_object();
}

} // namespace tandem::json
