#include "lab/simulation/parts/broker.hpp"

#include <algorithm>
#include <ranges>

namespace tandem::simulation {
namespace {

using messaging::Delivery;

std::string short_id(const std::string& event_id) {
    const auto first = event_id.find_first_not_of('0', event_id.rfind('-') + 1);
    return first == std::string::npos ? event_id : event_id.substr(first);
}

/// Of a binding: all but the last word, and that or "*" (the shop binds no other patterns).
bool matches(std::string_view binding, std::string_view key) {
    return binding == key ||
           (binding.ends_with(".*") && key.starts_with(binding.substr(0, binding.size() - 1)));
}

/// Which queues take which routing key, by their place in the topology.
const std::vector<std::size_t>& takers(const std::string& routing_key) {
    static std::map<std::string, std::vector<std::size_t>> known;
    const auto [place, is_new] = known.try_emplace(routing_key);
    if (is_new) {
        const auto& topology = messaging::shop_topology();
        for (std::size_t i = 0; i < topology.size(); ++i) {
            const auto takes = [&](const std::string& binding) { return matches(binding, routing_key); };
            if (std::ranges::any_of(topology[i].binding_keys, takes)) {
                place->second.push_back(i);
            }
        }
    }
    return place->second;
}

Delivery to_delivery(const messaging::OutgoingEvent& event) {
    return {event.event_id, event.event_type, event.routing_key, event.body, event.context};
}

} // namespace

std::string name_of(const Delivery& delivery) {
    return delivery.event_type + " #" + short_id(delivery.event_id);
}

std::string name_of(const messaging::OutgoingEvent& event) {
    return event.event_type + " #" + short_id(event.event_id);
}

Broker::Broker(World& world) : world_(world) {
    for (const messaging::QueueTopology& queue : messaging::shop_topology()) {
        queues_.emplace_back().name = queue.name;
    }
}

Broker::Queue& Broker::find(const std::string& name) {
    return *std::ranges::find(queues_, name, &Queue::name);
}

void Broker::route(const messaging::OutgoingEvent& event) {
    world_.story.tell("broker", "has {}", name_of(event));
    for (const std::size_t index : takers(event.routing_key)) {
        put(queues_[index], to_delivery(event));
    }
}

void Broker::enqueue(const messaging::QueueMessage& message) {
    const auto end = message.queue.find('.');
    const std::string name = message.queue.substr(0, end);
    const std::string path = end == std::string::npos ? "" : message.queue.substr(end + 1);
    Queue& queue = find(name);
    world_.story.tell(
        "broker", "{} goes to {}: {}", name_of(message.delivery), message.queue, message.reason);
    if (path == "dlq") {
        queue.dead.push_back(message);
    } else if (path.starts_with("retry.")) {
        const auto step = static_cast<std::size_t>(path.back() - '1');
        ++queue.waiting_to_retry;
        world_.scheduler.after(messaging::shop_queue(name).retry_delays.at(step),
                               [this, &queue, delivery = message.delivery] {
                                   --queue.waiting_to_retry;
                                   put(queue, delivery);
                               });
    } else {
        put(queue, message.delivery);
    }
}

void Broker::put(Queue& queue, Delivery delivery) {
    if (world_.strikes(Fault::message_reordered, queue.name)) {
        world_.scheduler.after(world_.between_us(500, world_.dice.chance(500) ? 20'000 : 3'000'000),
                               [this, &queue, late = std::move(delivery)]() mutable {
                                   queue.ready.push_back(std::move(late));
                                   pump(queue);
                               });
        return;
    }
    queue.ready.push_back(std::move(delivery));
    pump(queue);
}

void Broker::pump(Queue& queue) {
    while (!queue.ready.empty()) {
        const std::size_t count = queue.channels.size();
        std::shared_ptr<Channel> free;
        for (std::size_t i = 0; i < count && !free; ++i) {
            const auto& channel = queue.channels[queue.next_channel++ % count];
            free = channel->unacknowledged.size() < channel->prefetch ? channel : nullptr;
        }
        if (!free) {
            return;
        }
        send(queue, free);
    }
}

void Broker::send(Queue& queue, const std::shared_ptr<Channel>& channel) {
    Delivery delivery = std::move(queue.ready.front());
    queue.ready.pop_front();
    const std::uint64_t tag = ++channel->tag;
    channel->unacknowledged.emplace(tag, delivery);
    const Duration extra =
        world_.strikes(Fault::message_late, queue.name) ? world_.between_ms(100, 8'000) : Duration(0);
    // One connection keeps the order of what is sent over it.
    const Timestamp now = world_.scheduler.now();
    channel->last_arrival = std::max(channel->last_arrival, now + world_.between_us(200, 2'000) + extra);
    world_.scheduler.after(
        channel->last_arrival - now,
        [this, channel, epoch = channel->epoch, tag, delivery = std::move(delivery)]() mutable {
            if (channel->epoch == epoch) {
                ++delivered_;
                channel->deliver(tag, std::move(delivery));
            }
        });
}

std::shared_ptr<Channel> Broker::consume(const std::string& queue, std::size_t prefetch) {
    auto channel = std::make_shared<Channel>();
    channel->prefetch = prefetch;
    Queue& consumed = find(queue);
    consumed.channels.push_back(channel);
    // Whoever consumes has first to say where deliveries go.
    world_.scheduler.after(Duration(0), [this, &consumed] { pump(consumed); });
    return channel;
}

void Broker::acknowledge(const std::string& queue,
                         const std::shared_ptr<Channel>& channel,
                         std::uint64_t epoch,
                         const std::vector<messaging::Ack>& acks) {
    if (channel->epoch != epoch) {
        return;
    }
    auto& open = channel->unacknowledged;
    for (const messaging::Ack& ack : acks) {
        open.erase(ack.multiple ? open.begin() : open.lower_bound(ack.tag), open.upper_bound(ack.tag));
    }
    pump(find(queue));
}

void Broker::disconnect(const std::string& queue, const std::shared_ptr<Channel>& channel, bool for_good) {
    Queue& consumed = find(queue);
    ++channel->epoch;
    if (for_good) {
        std::erase(consumed.channels, channel);
    }
    auto open = std::exchange(channel->unacknowledged, {});
    for (auto& [tag, delivery] : std::views::reverse(open)) {
        delivery.redelivered = true;
        consumed.ready.push_front(std::move(delivery));
    }
    world_.scheduler.after(Duration(0), [this, &consumed] { pump(consumed); });
}

std::vector<Broker::Rest> Broker::rest() const {
    std::vector<Rest> found;
    for (const Queue& queue : queues_) {
        for (const Delivery& delivery : queue.ready) {
            found.push_back({queue.name, name_of(delivery)});
        }
        for (const auto& channel : queue.channels) {
            for (const auto& [tag, delivery] : channel->unacknowledged) {
                found.push_back({queue.name + " (unacknowledged)", name_of(delivery)});
            }
        }
        for (const messaging::QueueMessage& letter : queue.dead) {
            found.push_back({queue.name + ".dlq", name_of(letter.delivery) + ": " + letter.reason});
        }
        if (queue.waiting_to_retry > 0) {
            found.push_back({queue.name + ".retry", std::to_string(queue.waiting_to_retry) + " messages"});
        }
    }
    return found;
}

} // namespace tandem::simulation
