#include "libs/messaging/dead_letters.hpp"

#include "libs/kernel/unavailable.hpp"
#include "tools/tandem/commands.hpp"
#include "tools/tandem/problem.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace tandem::local {
namespace {

constexpr std::size_t messages_max = 1000;

void refuse_unknown(const std::string& queue) {
    const auto& queues = messaging::shop_topology();
    if (std::ranges::find(queues, queue, &messaging::QueueTopology::name) == queues.end()) {
        std::string names;
        for (const auto& each : queues) {
            names += "\n  " + each.name;
        }
        give_up("no queue is called '{}'; there are{}", queue, names);
    }
}

int list(const messaging::BrokerOptions& broker, const std::string& queue) {
    const auto letters = messaging::list_dead_letters(broker, queue, messages_max);
    for (const messaging::DeadLetter& letter : letters) {
        fmt::print("{}  {}  attempt {}\n  why:  {}\n  body: {}\n",
                   letter.delivery.event_id,
                   letter.delivery.event_type,
                   letter.delivery.attempt,
                   letter.error,
                   letter.delivery.body);
    }
    fmt::print("{} messages in {}.dlq\n", letters.size(), queue);
    return 0;
}

int replay(const messaging::BrokerOptions& broker, const std::string& queue) {
    const std::size_t count = messaging::replay_dead_letters(broker, queue, messages_max);
    fmt::print("{} messages went back to {}\n", count, queue);
    return 0;
}

} // namespace

int dead_letters(const Shop& shop, const std::string& queue, const std::string& action) {
    refuse_unknown(queue);
    if (shop.secrets.empty()) {
        give_up("there is no broker yet; ./tandem up starts it");
    }
    const messaging::BrokerOptions broker{.url = shop.amqp_url(), .app_id = "tandem"};
    try {
        return action == "replay" ? replay(broker, queue) : list(broker, queue);
    } catch (const Unavailable& broken) {
        give_up("the broker does not play along: {}", broken.what());
    }
}

} // namespace tandem::local
