#pragma once

#include "gateway/balancer.hpp"
#include "gateway/route_table.hpp"

#include <map>

namespace tandem::gateway {

/// Sends requests to an instance of a service and gives its answer. A GET or HEAD that failed, and
/// anything that was never sent, is tried once more on another instance. Throws
/// tandem::Unavailable when no instance answers, DeadlineExceeded when none does in time. Use on
/// the event loop's thread only.
class Proxy {
public:
    struct Options {
        /// A request that had less time than this says nothing of the instance by being late.
        std::chrono::milliseconds fair_time{5'000};
        std::size_t attempts_max = 2;
    };
    using Upstreams = std::map<std::string, Upstream, std::less<>>;

    Proxy(http::Client& client, Upstreams& upstreams, Options options)
        : client_(client), upstreams_(upstreams), options_(options) {}

    /// `request` as `forwarded` made it.
    Task<http::Response> send(const Route& route, http::Request request);

private:
    Task<http::Response> try_instance(const Route& route, Instance& instance, http::Request request);
    Task<http::Response> exchange(Instance& instance, http::Request request);
    Task<http::Response> open(Instance& instance, http::Request request);

    http::Client& client_;
    Upstreams& upstreams_;
    Options options_;
};

} // namespace tandem::gateway
