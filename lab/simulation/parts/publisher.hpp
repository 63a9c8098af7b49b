#pragma once

#include "lab/simulation/parts/broker.hpp"

namespace tandem::simulation {

/// A process's way to the broker, with confirms: what messaging::Publisher promises, one attempt at a time.
class Publishing {
public:
    Publishing(World& world, Broker& broker, Node& node) : world_(world), broker_(broker), node_(node) {}

    /// Tells for each event whether its confirm has come. The others may have come to the broker, or not.
    Task<std::vector<bool>> try_publish(std::vector<messaging::OutgoingEvent> events);
    Task<std::vector<bool>> try_publish_to_queues(std::vector<messaging::QueueMessage> messages);

private:
    World& world_;
    Broker& broker_;
    Node& node_;
};

} // namespace tandem::simulation
