#pragma once

#include "libs/http/input_buffer.hpp"
#include "libs/http/request_parser.hpp"
#include "libs/http/server_core.hpp"
#include "libs/telemetry/trace.hpp"

#include <boost/asio/cancellation_signal.hpp>

namespace tandem::http {

/// The whole answer to a client for whom there is no connection left: 503, like every other answer a
/// problem with its ids.
std::string too_many_connections();

/// One client's connection to a server: reads requests one after the other, has them handled, and
/// writes the answers in the same order.
class Connection final : public std::enable_shared_from_this<Connection> {
public:
    Connection(std::shared_ptr<ServerCore> core, Socket socket, std::string client_address);
    ~Connection();

    void start();
    /// The server drains: no further request after the one in progress; a stream is asked to end.
    void finish_soon();
    /// The server's patience is over: the task is cancelled wherever it is.
    void cut();

private:
    friend class ConnectionStream;
    enum class Incoming { request, refusal, end };

    static Task<> run(std::shared_ptr<Connection> self);
    void ended(std::exception_ptr failure);

    Task<> serve();
    Task<Incoming> read_request();
    Task<Incoming> read_until_complete();
    void parse();

    Task<> answer();
    Request take_request(const telemetry::Span& span);
    /// `handle`, as far as the pages of other origins may call.
    Task<Response> answer_page(Request request);
    Task<Response> handle(Request request);
    /// Lets the page of `origin` read `response`, if the server is told to.
    void allow(std::string_view origin, Response& response) const;
    Task<> send(const Response& response, Method method, const Context& context);
    Task<> send_stream(const Response& response, bool chunked, const Context& context);
    /// A reader that goes away says so by closing; without watching a silent stream would run on. What
    /// else it sends is kept for later, up to a buffer full: from then on only a write finds it gone.
    void watch_for_end();
    void look_for_end();
    /// As Wire::try_read, but 0 for a broken connection too.
    std::optional<std::size_t> read_ahead();

    Task<> refuse(Refusal refusal);
    Task<> linger();

    std::shared_ptr<ServerCore> core_;
    Wire wire_;
    std::string client_address_;
    InputBuffer input_;
    std::optional<RequestParser> parser_;
    std::string out_;
    boost::asio::cancellation_signal cut_;
    boost::asio::cancellation_signal end_stream_;
    bool keep_alive_ = true;
    bool streaming_ = false;
    bool peer_gone_ = false;
};

} // namespace tandem::http
