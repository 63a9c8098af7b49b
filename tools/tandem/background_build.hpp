#pragma once

#include <filesystem>
#include <string>
#include <sys/types.h>
#include <vector>

namespace tandem::local {

/// Builds programs with the processor time that nobody else wants, while the tests that mostly wait for the
/// shop run. Where it has come to by its end, an ordinary build goes on: ninja knows what is done. Its output
/// goes to `log`; whether it succeeds is left to that ordinary build.
///
/// A session and a scheduling group of its own: Linux weighs sessions against each other before it looks at
/// the priorities within them (sched(7), "The autogroup feature"), and the shop under test has another
/// session.
class BackgroundBuild {
public:
    struct Piece {
        std::string variant; ///< "asan"
        std::string target;  ///< "unit_tests"
    };

    /// Builds one piece after the other in the clone. Throws Problem when it cannot start.
    BackgroundBuild(const std::filesystem::path& clone,
                    const std::vector<Piece>& pieces,
                    const std::filesystem::path& log);
    /// Stops what is being compiled, and waits until it has stopped.
    ~BackgroundBuild();
    BackgroundBuild(const BackgroundBuild&) = delete;
    BackgroundBuild& operator=(const BackgroundBuild&) = delete;

private:
    pid_t session_;
};

} // namespace tandem::local
