#pragma once

#include "libs/async/blocking_pool.hpp"
#include "libs/messaging/broker.hpp"
#include "services/order/core/dead_letters.hpp"

namespace tandem::order {

/// The dead-letter queues of RabbitMQ. Each call connects for itself, on a thread of its own.
class BrokerDeadLetters final : public DeadLetters {
public:
    BrokerDeadLetters(Executor executor, messaging::BrokerOptions broker);

    bool has_queue(const std::string& queue) const override;
    Task<std::vector<DeadLetter>> list(std::size_t max) override;
    Task<std::size_t> replay(std::string queue, std::size_t max) override;

private:
    messaging::BrokerOptions broker_;
    async::BlockingPool thread_;
};

} // namespace tandem::order
