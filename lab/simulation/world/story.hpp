#pragma once

#include "lab/simulation/engine/scheduler.hpp"

#include <fmt/format.h>
#include <string>
#include <string_view>
#include <vector>

namespace tandem::simulation {

/// What happened, a line each: when, where, what. Nothing is formatted unless somebody wants to read it.
class Story {
public:
    Story(const Scheduler& scheduler, bool told) : scheduler_(scheduler), told_(told) {}

    template <class... Parts>
    void tell(std::string_view who, fmt::format_string<Parts...> text, Parts&&... parts) {
        if (told_) {
            add(who, fmt::format(text, std::forward<Parts>(parts)...));
        }
    }
    const std::vector<std::string>& lines() const { return lines_; }

private:
    void add(std::string_view who, std::string text);

    const Scheduler& scheduler_;
    bool told_;
    std::vector<std::string> lines_;
};

} // namespace tandem::simulation
