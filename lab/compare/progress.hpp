#pragma once

#include "lab/compare/findings.hpp"
#include "libs/async/task_group.hpp"

#include <string>

namespace tandem::lab {

/// "  monolith       5 orders/s: 12 of 20 s, 60 begun, 44 accepted, 31 confirmed, 0 errors"
std::string progress_text(const std::string& title,
                          const Sessions& sessions,
                          std::chrono::seconds passed,
                          std::chrono::seconds length);

/// Tells on standard error how a run is getting on: on a terminal each second, in place; else a line every
/// ten seconds. Refers to `sessions`; call `finish` before it ends.
class Progress {
public:
    Progress(Executor executor, std::string title, const Sessions& sessions, std::chrono::seconds length);

    /// Ends the telling, with a last line of what came out.
    Task<> finish();

private:
    Task<> tell();
    void show(bool is_last) const;

    async::TaskGroup tasks_;
    std::string title_;
    const Sessions& sessions_;
    std::chrono::seconds length_;
    std::chrono::steady_clock::time_point begin_;
    bool is_terminal_;
};

} // namespace tandem::lab
