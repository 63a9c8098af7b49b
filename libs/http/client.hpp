#pragma once

#include "libs/http/message.hpp"
#include "libs/kernel/unavailable.hpp"

#include <memory>
#include <string>

namespace tandem::http {

/// Where to send requests: "http://127.0.0.1:8004" (no path, no https).
struct Endpoint {
    std::string host;
    std::uint16_t port = 80;

    /// ErrorKind::invalid with the reason.
    static Result<Endpoint> parse(std::string_view url);
    std::string to_string() const; ///< "127.0.0.1:8004"
    friend auto operator<=>(const Endpoint&, const Endpoint&) = default;
};

/// No connection could be had, so not a byte of the request was sent: any request may be tried
/// elsewhere.
class NotSent : public Unavailable {
public:
    using Unavailable::Unavailable;
};

/// All connections to the endpoint are in use and the line for them is full: our own limit, which
/// says nothing of the endpoint.
class TooBusy : public NotSent {
public:
    using NotSent::NotSent;
};

struct ClientOptions {
    std::size_t connections_per_endpoint_max = 256;
    std::size_t waiting_max = 1024; ///< tasks waiting for a connection; beyond it TooBusy
    std::size_t response_bytes_max = 16U << 20U;
    std::chrono::milliseconds connect_timeout{2'000};
    std::chrono::milliseconds idle_timeout{30'000};           ///< pooled connections are closed after it
    std::chrono::milliseconds request_timeout{30'000};        ///< for a request that has no deadline
    std::chrono::milliseconds stream_silence_timeout{60'000}; ///< between two bytes of an opened body
};

/// A body that arrives bit by bit: server-sent events through the gateway.
class BodyReader {
public:
    virtual ~BodyReader() = default;
    /// The next bytes, or empty at the end. Throws Unavailable when the connection breaks.
    virtual Task<std::string> read_some() = 0;
};

struct StreamedResponse {
    Response head; ///< status and headers
    std::unique_ptr<BodyReader> body;
};

/// An HTTP/1.1 client with a pool of keep-alive connections per endpoint. A request on a pooled
/// connection that the server closed meanwhile is sent again once on a fresh one, if not a byte of
/// an answer came and the method is idempotent or nothing of it was written. Sends `traceparent`,
/// `X-Request-Id` and `X-Deadline-Ms` from the request's context and deadline. Throws
/// Unavailable (NotSent: no connection; else reset, malformed answer) or DeadlineExceeded; any
/// status, 500 too, is a normal answer. Use on the event loop's thread only; outlives its calls.
class Client {
public:
    Client(Executor executor, ClientOptions options);
    ~Client();

    Task<Response> send(Endpoint endpoint, Request request);
    /// As `send`, but returns after the head. `deadline` bounds the head only.
    Task<StreamedResponse> open(Endpoint endpoint, Request request);

private:
    struct State;
    std::shared_ptr<State> state_;
};

} // namespace tandem::http
