#pragma once

#include <fmt/format.h>
#include <stdexcept>
#include <string>
#include <utility>

namespace tandem::local {

/// Something the person at the terminal must know or mend: `main` prints it and exits 1. The text
/// says what is wrong, with which value, and what to do about it.
class Problem : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

template <class... Args>
[[noreturn]] void give_up(fmt::format_string<Args...> format, Args&&... args) {
    throw Problem(fmt::format(format, std::forward<Args>(args)...));
}

} // namespace tandem::local
