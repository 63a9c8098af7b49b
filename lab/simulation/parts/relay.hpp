#pragma once

#include "lab/simulation/parts/publisher.hpp"
#include "lab/simulation/stores/store.hpp"

namespace tandem::simulation {

/// A process's relay of its store's outbox: what messaging::OutboxRelay does. Of all instances one makes a
/// pass at a time; it publishes what is there in order, and takes out what was confirmed.
class Relaying {
public:
    Relaying(World& world, Broker& broker, Node& node, Store& store);
    ~Relaying();

    void start() { node_.spawn(run()); }
    void wake() { woken_.notify(); }

private:
    Task<> run();
    /// False: try again after a pause.
    Task<bool> pass();
    Task<> take_out(std::vector<std::string> event_ids);

    World& world_;
    Node& node_;
    Store& store_;
    Publishing publishing_;
    Signal woken_;
    std::size_t place_;
};

} // namespace tandem::simulation
