#include "services/order/infrastructure/broker_dead_letters.hpp"

#include "libs/kernel/unavailable.hpp"
#include "libs/messaging/dead_letters.hpp"

#include <algorithm>

namespace tandem::order {
namespace {

constexpr std::size_t callers_waiting_max = 4;

std::vector<DeadLetter> list_all(const messaging::BrokerOptions& broker, std::size_t max) {
    std::vector<DeadLetter> all;
    for (const messaging::QueueTopology& queue : messaging::shop_topology()) {
        for (messaging::DeadLetter& letter : messaging::list_dead_letters(broker, queue.name, max)) {
            messaging::Delivery& delivery = letter.delivery;
            all.push_back({queue.name,
                           std::move(delivery.event_id),
                           std::move(delivery.event_type),
                           delivery.attempt,
                           std::move(letter.error),
                           std::move(delivery.body)});
        }
    }
    return all;
}

} // namespace

BrokerDeadLetters::BrokerDeadLetters(Executor executor, messaging::BrokerOptions broker)
    : broker_(std::move(broker)), thread_(std::move(executor), "dead letters", 1, callers_waiting_max) {}

bool BrokerDeadLetters::has_queue(const std::string& queue) const {
    const auto& queues = messaging::shop_topology();
    return std::ranges::find(queues, queue, &messaging::QueueTopology::name) != queues.end();
}

Task<std::vector<DeadLetter>> BrokerDeadLetters::list(std::size_t max) {
    auto work = [broker = broker_, max] { return list_all(broker, max); };
    auto letters = co_await thread_.run(std::move(work));
    if (!letters) {
        throw Unavailable("too many look at the dead letters");
    }
    co_return *std::move(letters);
}

Task<std::size_t> BrokerDeadLetters::replay(std::string queue, std::size_t max) {
    auto work = [broker = broker_, queue = std::move(queue), max] {
        return messaging::replay_dead_letters(broker, queue, max);
    };
    const auto count = co_await thread_.run(std::move(work));
    if (!count) {
        throw Unavailable("too many look at the dead letters");
    }
    co_return *count;
}

} // namespace tandem::order
