#pragma once

#include "libs/http/client.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace tandem::gateway {

using SteadyClock = std::chrono::steady_clock;

/// What an instance last said of itself.
enum class Condition {
    unknown,  ///< not asked yet
    ready,    ///< /health says that all is well
    degraded, ///< it answers, but one of its own dependencies fails
    down      ///< it does not answer
};

/// How a request failed.
enum class Failure {
    unreachable, ///< no connection, or it broke
    timed_out    ///< no answer in the time that the gateway allows
};

struct BreakerOptions {
    int failures_max = 5; ///< in a row; then the circuit opens
    std::chrono::milliseconds open_for{2'000};
};

/// One running copy of a service, with its circuit breaker: after so many failures in a row nobody
/// is sent there for a while; then one request tries, and its outcome decides.
class Instance {
public:
    Instance(http::Endpoint endpoint, BreakerOptions options)
        : endpoint_(std::move(endpoint)), options_(options) {}

    const http::Endpoint& endpoint() const { return endpoint_; }
    Condition condition() const { return condition_; }
    int outstanding() const { return outstanding_; }

    bool accepts(SteadyClock::time_point now) const;
    void succeeded();
    void failed(Failure failure, SteadyClock::time_point now);
    /// An answer to a probe also forgives broken connections: the instance was restarted.
    void probed(Condition condition);

private:
    friend class Ticket;

    bool is_tripped() const { return failures_ >= options_.failures_max; }

    http::Endpoint endpoint_;
    BreakerOptions options_;
    Condition condition_ = Condition::unknown;
    int outstanding_ = 0;
    int failures_ = 0;
    bool trial_ = false;
    Failure last_failure_ = Failure::unreachable;
    SteadyClock::time_point closed_again_;
};

/// Counts a request as outstanding at an instance while it lives.
class Ticket {
public:
    explicit Ticket(Instance& instance);
    Ticket(Ticket&& other) noexcept : instance_(std::exchange(other.instance_, nullptr)) {}
    Ticket& operator=(Ticket&&) = delete;
    ~Ticket();

private:
    Instance* instance_;
};

/// The instances of one service.
class Upstream {
public:
    Upstream(std::string service, const std::vector<http::Endpoint>& endpoints, BreakerOptions options);

    const std::string& service() const { return service_; }
    const std::vector<std::unique_ptr<Instance>>& instances() const { return instances_; }

    /// The instance with the fewest outstanding requests, in turn among equals. Those that are
    /// down, tripped, or in `tried` are left out; a degraded one is taken only when no better is
    /// there, since most of what it does may still work. Null when none is left.
    Instance* choose(SteadyClock::time_point now, const std::vector<const Instance*>& tried);

private:
    std::string service_;
    std::vector<std::unique_ptr<Instance>> instances_;
    std::size_t turn_ = 0;
};

} // namespace tandem::gateway
