#pragma once

#include "libs/http/observer.hpp"
#include "libs/http/server.hpp"
#include "libs/http/wire.hpp"
#include "libs/telemetry/metrics.hpp"

#include <boost/asio/basic_socket_acceptor.hpp>

#include <unordered_set>

namespace tandem::http {

class Connection;

/// What a server and its connections share. Connections keep it alive until the last has ended.
struct ServerCore {
    ServerCore(Executor on, Handler answers, ServerOptions with)
        : executor(on), handler(std::move(answers)), options(std::move(with)), acceptor(on),
          sweeper(std::make_shared<Sweeper>(on)), quiet(on, SteadyClock::time_point::max()) {}

    Executor executor;
    Handler handler;
    ServerOptions options;
    boost::asio::basic_socket_acceptor<Tcp, Executor> acceptor;
    std::shared_ptr<Sweeper> sweeper;
    Observer observer;
    std::unordered_set<Connection*> connections;
    telemetry::Gauge open_connections =
        telemetry::gauge("tandem_http_connections", "Connections that clients hold open");
    telemetry::Gauge in_progress =
        telemetry::gauge("tandem_http_requests_in_progress", "Requests that are being answered");
    Timer quiet; ///< cancelled when the last connection has ended
    std::size_t requests = 0;
    bool accepting = false;
    bool draining = false;

    void ended() {
        if (connections.empty() && !accepting) {
            quiet.cancel();
        }
    }
};

} // namespace tandem::http
