#pragma once

#include <chrono>
#include <string>

namespace tandem::local {

using Clock = std::chrono::steady_clock;

/// Lines of progress for a person: finished lines stay; on a terminal one line below them tells what
/// is being waited for and is written over.
class Screen {
public:
    Screen();
    ~Screen();
    Screen(const Screen&) = delete;
    Screen& operator=(const Screen&) = delete;

    void line(const std::string& text);
    void status(const std::string& text); ///< only on a terminal

private:
    bool is_terminal_;
    bool has_status_ = false;
};

/// "3.2 s"
std::string elapsed_since(Clock::time_point start);

/// "2 h 5 min", "41 s"
std::string duration_text(std::chrono::seconds duration);

} // namespace tandem::local
