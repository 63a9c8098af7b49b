#pragma once

#include "libs/http/cors.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace tandem::http {

struct ServerOptions {
    std::string host = "127.0.0.1";
    std::uint16_t port = 0; ///< 0: the system chooses; see Server::port
    std::size_t body_bytes_max = 1U << 20U;
    std::size_t head_bytes_max = 16U << 10U;
    std::size_t connections_max = 4096;             ///< beyond it: 503 and closed
    std::size_t requests_max = 2048;                ///< in progress; beyond it: 503 with Retry-After, at once
    std::chrono::milliseconds read_timeout{10'000}; ///< from the first byte of a request to its last
    std::chrono::milliseconds write_timeout{10'000};   ///< without any progress of a write
    std::chrono::milliseconds idle_timeout{60'000};    ///< between two requests of a connection
    std::chrono::milliseconds request_timeout{30'000}; ///< default deadline of a request
    /// Which pages may call. Here, and not in the handler, so that a page can read the refusals too that
    /// come before any handler: 413 and the like. Unset: preflights are ordinary requests.
    std::optional<Cors> cors{};
};

/// An HTTP/1.1 server (RFC 9112) on Asio: keep-alive, pipelining, chunked bodies, `Expect:
/// 100-continue`, limits and timeouts on everything. One event loop, one thread.
///
/// For each request it starts a server span from `traceparent`, takes or makes `X-Request-Id` (only
/// [A-Za-z0-9._-]{1,128} is taken), calls `handler`, and adds `X-Request-Id`, `X-Trace-Id`, `Date`,
/// security headers (X-Content-Type-Options, Cache-Control: no-store unless set). It counts
/// tandem_http_requests_total{method,route,status} and
/// tandem_http_request_duration_seconds{method,route}, and logs one line a request.
/// Malformed requests are answered 400, too large ones 413 or 431, and the connection is closed.
class Server {
public:
    Server(Executor executor, Handler handler, ServerOptions options);
    ~Server();

    /// Binds and starts to accept. Throws boost::system::system_error when the port is taken.
    void start();
    std::uint16_t port() const;

    /// Stops accepting, closes idle connections, asks streams to end, finishes requests in progress
    /// (answered with `Connection: close`) until `deadline`, then cuts what is left. Must be
    /// awaited before destruction.
    Task<> drain(Deadline deadline);

    std::size_t requests_in_progress() const;

private:
    struct State;
    std::shared_ptr<State> state_;
};

} // namespace tandem::http
