#include "tools/tandem/screen.hpp"

#include <cstdio>
#include <fmt/format.h>
#include <unistd.h>

namespace tandem::local {

namespace {
constexpr auto erase_line = "\r\x1b[K";
}

Screen::Screen() : is_terminal_(::isatty(STDOUT_FILENO) == 1) {}

Screen::~Screen() {
    if (has_status_) {
        std::fputs(erase_line, stdout);
        std::fflush(stdout);
    }
}

void Screen::line(const std::string& text) {
    fmt::print("{}{}\n", has_status_ ? erase_line : "", text);
    std::fflush(stdout);
    has_status_ = false;
}

void Screen::status(const std::string& text) {
    if (is_terminal_) {
        fmt::print("{}{}", erase_line, text.substr(0, 79));
        std::fflush(stdout);
        has_status_ = true;
    }
}

std::string elapsed_since(Clock::time_point start) {
    return fmt::format("{:.1f} s", std::chrono::duration<double>(Clock::now() - start).count());
}

std::string duration_text(std::chrono::seconds duration) {
    const auto seconds = duration.count();
    if (seconds < 60) {
        return fmt::format("{} s", seconds);
    }
    if (seconds < 3600) {
        return fmt::format("{} min {} s", seconds / 60, seconds % 60);
    }
    return fmt::format("{} h {} min", seconds / 3600, seconds / 60 % 60);
}

} // namespace tandem::local
