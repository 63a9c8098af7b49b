#include "tools/tandem/background_build.hpp"

#include "tools/tandem/process.hpp"

#include <cerrno>
#include <csignal>
#include <sys/prctl.h>
#include <sys/wait.h>

namespace tandem::local {
namespace {

Command build_in_turn(const std::filesystem::path& clone,
                      const std::vector<BackgroundBuild::Piece>& pieces,
                      const std::filesystem::path& log) {
    std::string script = "exec >\"$0\" 2>&1\n"
                         "if [ -e /proc/self/autogroup ]; then echo 19 >/proc/self/autogroup; fi\n"
                         "renice -n 19 $$ >/dev/null\n";
    for (const auto& [variant, target] : pieces) {
        script += fmt::format("./tandem build {} {} || exit\n", variant, target);
    }
    return {.arguments = {"sh", "-c", script, log.string()}, .directory = clone};
}

} // namespace

BackgroundBuild::BackgroundBuild(const std::filesystem::path& clone,
                                 const std::vector<Piece>& pieces,
                                 const std::filesystem::path& log)
    : session_(start_session(build_in_turn(clone, pieces, log))) {}

BackgroundBuild::~BackgroundBuild() {
    ::prctl(PR_SET_CHILD_SUBREAPER, 1); // whose parent dies before it is waited for here
    ::kill(-session_, SIGTERM);
    while (::waitpid(-session_, nullptr, 0) > 0 || errno == EINTR) {
    }
    ::prctl(PR_SET_CHILD_SUBREAPER, 0);
}

} // namespace tandem::local
