#pragma once

#include <string>

namespace tandem::redis {

/// A Lua script. The server keeps the scripts that it has seen by the SHA-1 of their text, until it
/// restarts or is told to forget them; so a script travels as its hash, and whole only when needed.
class Script {
public:
    explicit Script(std::string text);

    const std::string& text() const { return text_; }
    const std::string& sha1() const { return sha1_; } ///< 40 lower-case hexadecimal digits

private:
    std::string text_;
    std::string sha1_;
};

} // namespace tandem::redis
