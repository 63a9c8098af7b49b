#pragma once

#include "gateway/backend.hpp"
#include "gateway/balancer.hpp"

#include <map>

namespace tandem::gateway {

/// Sends requests to an instance of a service and gives its answer. A GET or HEAD that failed, and
/// anything that was never sent, is tried once more on another instance. Throws
/// tandem::Unavailable when no instance answers, DeadlineExceeded when none does in time. Use on
/// the event loop's thread only.
class Proxy final : public Backend {
public:
    struct Options {
        /// A request that had less time than this says nothing of the instance by being late.
        std::chrono::milliseconds fair_time{5'000};
        std::size_t attempts_max = 2;
    };
    using Upstreams = std::map<std::string, Upstream, std::less<>>;

    /// Streams have a client of their own: they hold a connection for minutes, and shall not take
    /// the last one from a checkout.
    Proxy(http::Client& calls, http::Client& streams, Upstreams& upstreams, Options options)
        : calls_(calls), streams_(streams), upstreams_(upstreams), options_(options) {}

    Task<http::Response> send(const Route& route, http::Request request) override;

private:
    Task<http::Response> try_instance(const Route& route, Instance& instance, http::Request request);
    Task<http::Response> exchange(Instance& instance, http::Request request);
    Task<http::Response> open(Instance& instance, http::Request request);

    http::Client& calls_;
    http::Client& streams_;
    Upstreams& upstreams_;
    Options options_;
};

} // namespace tandem::gateway
