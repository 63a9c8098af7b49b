#pragma once

#include <cstdint>
#include <memory>
#include <string>

namespace tandem::testing {

/// A real RabbitMQ 3.10 for one test program: own folder, free ports, user `ecommerce`. Started by
/// the first `shared()` (6 to 13 s), stopped and removed at exit, its epmd too. As root it runs as
/// user rabbitmq. When TANDEM_TEST_RABBITMQ_URL is set that broker is used instead, a new vhost
/// each time, and `kill` is refused.
class RabbitmqServer {
public:
    static RabbitmqServer& shared();
    ~RabbitmqServer();

    /// Creates a new, empty vhost and gives its amqp:// URL: one for each test.
    std::string new_vhost();
    std::uint16_t management_port() const;

    void kill();  ///< SIGKILL, as a crash
    void start(); ///< starts it again on the same ports and waits until AMQP answers

private:
    RabbitmqServer();
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace tandem::testing
