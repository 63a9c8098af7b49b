#pragma once

#include "libs/async/task_group.hpp"
#include "libs/http/router.hpp"
#include "libs/http/server.hpp"
#include "libs/runtime/environment.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace tandem::runtime {

struct ServiceOptions {
    std::string name; ///< "order-service": in logs, metrics, health
    std::string host = "127.0.0.1";
    std::uint16_t port = 0;
    std::string log_level = "info";
    std::chrono::milliseconds shutdown_timeout{10'000};
    std::vector<std::string> otlp_endpoints; ///< none: spans are not exported
    http::ServerOptions server;
};

/// Reads the variables every program has (HOST, PORT, LOG_LEVEL, SHUTDOWN_TIMEOUT_MS, ...).
ServiceOptions read_service_options(Environment& environment, std::string name, std::uint16_t default_port);

/// The life of a process: event loop on the calling thread, log, HTTP server with the operational
/// routes, readiness, signals, graceful shutdown. main.cpp fills it and calls `run`:
///
///     runtime::Service service(options);
///     postgres::Pool pool(service.executor(), ...);
///     pool.start();
///     service.add_check("database", [&] { return pool.ready(); });
///     routes.mount(service.router());
///     service.on_stop("database", [&](auto deadline) { return pool.close(deadline); });
///     return service.run();
///
/// Routes it adds: GET /health/live (200 while the loop turns), /health/ready (200, or 503 naming
/// the checks that fail), /health ({service, status, version, checks:{name: "up"|"down"},
/// uptime_s}, 503 when a check is down), /metrics, / ({service, status, version}).
///
/// SIGTERM or SIGINT: not ready, stop accepting and finish requests (http::Server::drain), then the
/// on_stop steps in the order given, all within shutdown_timeout; exit code 0. A step that throws is
/// logged and the next one follows. Past the timeout (plus a second), or on a second signal, the
/// process exits 1 at once.
class Service {
public:
    using Check = std::function<bool()>;
    using StopStep = std::function<Task<>(http::Deadline deadline)>;

    explicit Service(ServiceOptions options);
    ~Service();

    Executor executor();
    http::Router& router();
    /// Replaces the router as the handler of every request (the gateway does); the operational
    /// routes stay in front.
    void set_handler(http::Handler handler);
    /// ... except `path` ("/health"), which is the handler's from now on.
    void leave_to_handler(std::string path);
    async::TaskGroup& tasks(); ///< cancelled and joined first at shutdown, before the steps

    void add_check(std::string name, Check check);
    void on_stop(std::string name, StopStep step);

    /// Serves until a signal. Gives the process's exit code: 0, or 1 when the port is taken (the
    /// on_stop steps run then too).
    int run();
    /// Where it listens, once `run` has begun; else 0.
    std::uint16_t port() const;
    /// As SIGTERM.
    void stop();

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace tandem::runtime
