#include "lab/simulation/parts/publisher.hpp"

namespace tandem::simulation {

Task<std::vector<bool>> Publishing::try_publish(std::vector<messaging::OutgoingEvent> events) {
    std::vector<bool> confirmed;
    co_await node_.sleep(world_.between_us(200, 1'500));
    for (const messaging::OutgoingEvent& event : events) {
        const bool arrives = !world_.strikes(Fault::publish_lost, node_.name());
        if (arrives) {
            broker_.route(event);
        }
        confirmed.push_back(arrives && !world_.strikes(Fault::confirm_lost, node_.name()));
    }
    co_await node_.sleep(world_.between_us(200, 1'500));
    co_return confirmed;
}

Task<std::vector<bool>> Publishing::try_publish_to_queues(std::vector<messaging::QueueMessage> messages) {
    std::vector<bool> confirmed;
    co_await node_.sleep(world_.between_us(200, 1'500));
    for (const messaging::QueueMessage& message : messages) {
        const bool arrives = !world_.strikes(Fault::publish_lost, node_.name());
        if (arrives) {
            broker_.enqueue(message);
        }
        confirmed.push_back(arrives && !world_.strikes(Fault::confirm_lost, node_.name()));
    }
    co_await node_.sleep(world_.between_us(200, 1'500));
    co_return confirmed;
}

} // namespace tandem::simulation
