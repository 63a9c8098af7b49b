#pragma once

#include "libs/kernel/unavailable.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

namespace tandem::redis {

/// What the server answered: nil, an integer, or a text. Lists are not read, as nobody here asks for
/// one: a command that is answered with a list throws Unavailable.
using Reply = std::variant<std::monostate, std::int64_t, std::string>;

/// The server answered that it will not: out of memory, read only, no such script, wrong password.
/// For most callers that is one more way of being unavailable.
class Refused : public Unavailable {
public:
    explicit Refused(const std::string& text)
        : Unavailable("redis refused: " + text), code_(text.substr(0, text.find(' '))) {}

    /// The first word of the server's text: "NOSCRIPT", "WRONGPASS", "OOM".
    const std::string& code() const { return code_; }

private:
    std::string code_;
};

} // namespace tandem::redis
