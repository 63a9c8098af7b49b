#pragma once

#include "gateway/proxy.hpp"
#include "libs/async/event.hpp"
#include "libs/async/task_group.hpp"

namespace tandem::gateway {

/// Asks GET /health of every instance again and again, so that the balancer knows who answers, and
/// tells the shop's state from the answers.
class HealthMonitor {
public:
    struct Options {
        std::chrono::milliseconds interval{1'000};
        std::chrono::milliseconds probe_timeout{2'000};
        /// How long a report waits for fresh answers.
        std::chrono::milliseconds report_timeout{1'000};
    };

    HealthMonitor(Executor executor, http::Client& client, Proxy::Upstreams& upstreams, Options options);
    ~HealthMonitor();

    /// One task an instance, until `tasks` is cancelled.
    void start(async::TaskGroup& tasks);

    /// {status, service, services: {name: {status, instances: [{url, status, checks}]}}}; 200 when
    /// every service is up, else 503. Asks anew whoever was not asked just now.
    Task<http::Response> report();

private:
    struct Patient;

    Task<> watch(Patient& patient);
    Task<bool> look_at(Patient& patient);
    Task<> probe(Patient& patient);
    bool is_fresh(SteadyClock::time_point moment) const;
    std::string summary() const;
    Condition condition_of(const Upstream& upstream) const;

    Executor executor_;
    http::Client& client_;
    Proxy::Upstreams& upstreams_;
    Options options_;
    async::Event probed_;
    std::vector<std::unique_ptr<Patient>> patients_;
};

} // namespace tandem::gateway
