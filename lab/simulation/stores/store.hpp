#pragma once

#include "lab/simulation/stores/locks.hpp"
#include "lab/simulation/world/world.hpp"

#include <deque>
#include <set>
#include <string>
#include <vector>

namespace tandem::simulation {

/// What is common to the services' databases: the way there and back with its faults, row locks, the inbox,
/// the outbox. The state outlives the processes; all else is a connection's.
class Store {
public:
    Store(World& world, std::string name) : world_(world), name_(std::move(name)) {}

    /// On the way to the store. Throws Unavailable or Refused: then nothing happens there.
    Task<> reach(Node& node);
    /// On the way back. Throws Unavailable: what was done there stays done.
    Task<> come_back(Node& node);
    /// Throws DeadlineExceeded when `begin_by` has passed.
    void expect_in_time(std::chrono::steady_clock::time_point begin_by) const;

    /// Locks the ids' rows, and gives those that were not there before, as INSERT ... ON CONFLICT DO NOTHING
    /// RETURNING does. They are there once `remember` is told of them, at the commit.
    Task<std::set<std::string>> fresh_events(Transaction& transaction, std::vector<std::string> event_ids);
    void remember(const std::set<std::string>& event_ids);

    void publish_later(messaging::OutgoingEvent event);
    /// To be called after a commit, by who made it: an outbox that is not empty is looked at soon.
    void committed(Node& node);

    struct Outbox {
        std::deque<messaging::OutgoingEvent> events{};
        bool in_hand = false; ///< a relay's advisory lock
        std::vector<std::function<void()>> relays;
    };
    Outbox& outbox() { return outbox_; }
    Locks& locks() { return locks_; }
    World& world() const { return world_; }
    const std::string& name() const { return name_; }
    bool at_rest() const { return locks_.none_held() && outbox_.events.empty() && !outbox_.in_hand; }

    /// Where no_outbox sends events right after the commit.
    std::function<void(Node& node, std::vector<messaging::OutgoingEvent> events)> send_at_once;

private:
    World& world_;
    std::string name_;
    Locks locks_;
    std::set<std::string> inbox_;
    Outbox outbox_;
    std::vector<messaging::OutgoingEvent> unsent_;
};

} // namespace tandem::simulation
