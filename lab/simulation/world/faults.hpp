#pragma once

#include "lab/simulation/engine/dice.hpp"
#include "lab/simulation/engine/scheduler.hpp"

#include <array>
#include <string_view>

namespace tandem::simulation {

/// What can go wrong around the shop's code.
enum class Fault {
    crash,                ///< a process dies where it waits, and comes back
    store_refused,        ///< a store does not answer, and nothing was stored
    store_answer_lost,    ///< it stored, and its answer got lost
    store_slow,           ///< it takes seconds
    statement_failed,     ///< it refuses this statement alone, as at a timeout
    message_late,         ///< a message takes seconds to its consumer
    message_reordered,    ///< others in its queue overtake it
    publish_lost,         ///< it never comes to the broker
    confirm_lost,         ///< it does, but its publisher never hears of it, and sends it again
    connection_lost,      ///< the broker takes back what a consumer holds, and delivers it again
    request_lost,         ///< a call never comes to its service
    answer_lost,          ///< its answer never comes back
    call_slow,            ///< a call takes seconds
    provider_slow,        ///< a charge takes effect after its caller has given up
    provider_refused,     ///< the provider takes no call
    provider_answer_lost, ///< it does what it is asked, and its answer gets lost
    mail_away,            ///< no mail server
    mail_refused,         ///< it refuses this mail for now
    mail_answer_lost,     ///< it takes the mail, and its answer gets lost
};
inline constexpr std::size_t fault_count = 19;
std::string_view to_string(Fault fault);

using FaultCounts = std::array<std::uint64_t, fault_count>;

/// Which faults come in this run, how often, and until when. Each run has its own few ("swarm testing", Groce
/// and others 2012): with all of them at once, few orders would ever get far enough for the rare ones.
class Faults {
public:
    Faults(Dice& dice, const Scheduler& scheduler);

    /// Does it happen here and now? Counts it.
    bool strikes(Fault fault);
    /// From here on nothing goes wrong any more.
    Duration end() const { return end_; }
    const FaultCounts& counts() const { return counts_; }

private:
    Dice& dice_;
    const Scheduler& scheduler_;
    std::array<std::int64_t, fault_count> per_mille_{};
    FaultCounts counts_{};
    Duration end_{};
};

} // namespace tandem::simulation
