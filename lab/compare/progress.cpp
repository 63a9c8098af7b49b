#include "lab/compare/progress.hpp"

#include "libs/async/sleep.hpp"

#include <cstdio>
#include <fmt/format.h>
#include <unistd.h>

namespace tandem::lab {
namespace {

using namespace std::chrono_literals;

constexpr auto clear_line = "\r\033[K";

} // namespace

std::string progress_text(const std::string& title,
                          const Sessions& sessions,
                          std::chrono::seconds passed,
                          std::chrono::seconds length) {
    const std::uint64_t errors = sessions.error_count();
    return fmt::format("  {}: {}{} s, {} begun, {} accepted, {} confirmed, {} error{}",
                       title,
                       passed.count(),
                       passed < length ? fmt::format(" of {}", length.count()) : "",
                       sessions.sent,
                       sessions.accepted,
                       sessions.confirmed,
                       errors,
                       errors == 1 ? "" : "s");
}

Progress::Progress(Executor executor,
                   std::string title,
                   const Sessions& sessions,
                   std::chrono::seconds length)
    : tasks_(executor), title_(std::move(title)), sessions_(sessions), length_(length),
      begin_(std::chrono::steady_clock::now()), is_terminal_(::isatty(STDERR_FILENO) != 0) {
    tasks_.spawn("progress", tell());
}

Task<> Progress::finish() {
    tasks_.cancel();
    co_await tasks_.join();
    show(true);
}

Task<> Progress::tell() {
    for (;;) {
        show(false);
        co_await async::sleep_for(is_terminal_ ? 1s : 10s);
    }
}

void Progress::show(bool is_last) const {
    const auto passed = std::chrono::floor<std::chrono::seconds>(std::chrono::steady_clock::now() - begin_);
    fmt::print(stderr,
               "{}{}{}",
               is_terminal_ ? clear_line : "",
               progress_text(title_, sessions_, passed, length_),
               is_terminal_ && !is_last ? "" : "\n");
}

} // namespace tandem::lab
