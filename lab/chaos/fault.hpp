#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace tandem::lab {

enum class FaultKind {
    kill,    ///< SIGKILL of a part and of all that it started; its supervisor starts it again
    freeze,  ///< SIGSTOP, and SIGCONT when its time is over: connections stay open and nothing answers
    restart, ///< asked to end, then started
    rolling_restart, ///< each application part in turn
    power_cut,       ///< SIGKILL of every part at the same moment
    provider_slow,
    provider_failing,
    provider_outage,
    poison, ///< a message that nobody can read, into a queue
};
std::string_view to_string(FaultKind kind);

/// One thing that is done to the shop, at a time since the load began.
struct Fault {
    FaultKind kind = FaultKind::kill;
    std::string target; ///< a part or a queue; empty where it concerns all
    std::chrono::milliseconds begin{0};
    std::chrono::milliseconds length{0}; ///< 0: it is over as soon as it has happened
    friend bool operator==(const Fault&, const Fault&) = default;
};

/// "freeze order-db"
std::string name_of(const Fault& fault);

} // namespace tandem::lab
