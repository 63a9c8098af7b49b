#pragma once

#include "lab/simulation/engine/node.hpp"
#include "lab/simulation/world/bug.hpp"
#include "lab/simulation/world/faults.hpp"
#include "lab/simulation/world/story.hpp"
#include "libs/messaging/event.hpp"

namespace tandem::simulation {

/// What every part of a run shares.
struct World {
    World(boost::asio::io_context& loop, std::uint64_t seed, Bug planted, bool told)
        : dice(seed), scheduler(loop), faults(dice, scheduler), story(scheduler, told), bug(planted) {}

    bool has(Bug other) const { return bug == other; }
    bool strikes(Fault fault, std::string_view where) {
        if (!faults.strikes(fault)) {
            return false;
        }
        story.tell(where, "!! {}", to_string(fault));
        return true;
    }
    Duration between_us(std::int64_t least, std::int64_t most) { return Duration(dice.between(least, most)); }
    Duration between_ms(std::int64_t least, std::int64_t most) {
        return std::chrono::milliseconds(dice.between(least, most));
    }
    /// Something that no run may end with.
    void violation(std::string text) {
        story.tell("LAW", "broken: {}", text);
        violations.push_back(std::move(text));
    }
    /// Gives an event an id that depends on the seed alone, in place of the random one that it was drawn.
    void rename(messaging::OutgoingEvent& event);

    Dice dice;
    Scheduler scheduler;
    Faults faults;
    Story story;
    Bug bug;
    std::vector<std::string> violations;
    std::uint64_t ids = 0;
};

} // namespace tandem::simulation
