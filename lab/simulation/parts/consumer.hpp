#pragma once

#include "lab/simulation/parts/publisher.hpp"
#include "libs/messaging/judge.hpp"

namespace tandem::simulation {

/// A process's consumer of one queue: what messaging::Consumer does, around the same Judge and AckTracker.
class Consuming {
public:
    Consuming(World& world,
              Broker& broker,
              Node& node,
              const messaging::QueueTopology& queue,
              messaging::ConsumerOptions options,
              messaging::BatchHandler handler);
    ~Consuming();

    void start();

private:
    struct Batch {
        std::uint64_t epoch = 0;
        std::vector<std::uint64_t> tags;
        std::vector<messaging::Delivery> deliveries;
    };
    Task<> run();
    Task<> process(Batch batch);
    Task<> settle(Batch batch, std::vector<messaging::Judgement> judgements);
    Task<bool> move(std::vector<messaging::QueueMessage> messages, std::uint64_t epoch);
    Task<bool> hold(std::chrono::milliseconds pause, std::uint64_t epoch);
    Task<> acknowledge(std::uint64_t epoch, std::vector<messaging::Ack> acks);
    Batch take();
    void lose_connection();

    World& world_;
    Broker& broker_;
    Node& node_;
    const messaging::QueueTopology& queue_;
    messaging::ConsumerOptions options_;
    Publishing publishing_;
    messaging::Judge judge_;
    Signal arrived_;
    std::shared_ptr<Channel> channel_;
    messaging::AckTracker tracker_;
    std::deque<std::pair<std::uint64_t, messaging::Delivery>> waiting_;
    std::size_t in_progress_ = 0;
};

} // namespace tandem::simulation
