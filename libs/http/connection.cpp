#include "libs/http/connection.hpp"

#include "libs/http/serialise.hpp"
#include "libs/kernel/uuid.hpp"
#include "libs/telemetry/log.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/post.hpp>

#include <charconv>

namespace tandem::http {
namespace {

constexpr std::size_t drained_bytes_max = 8U << 20U;
constexpr std::chrono::seconds linger_time{2};
/// Then the other connections have their turn, however much this one has sent.
constexpr std::size_t requests_in_a_row_max = 32;
constexpr std::size_t request_id_bytes_max = 128;

bool is_request_id(std::string_view text) {
    const auto fits = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
               c == '_' || c == '-';
    };
    return !text.empty() && text.size() <= request_id_bytes_max && std::ranges::all_of(text, fits);
}

std::string request_id_of(const Headers& headers) {
    const std::string_view given = headers.get("X-Request-Id");
    return is_request_id(given) ? std::string(given) : uuid_v7();
}

std::string_view trace_id_of(const Context& context) {
    constexpr std::size_t trace_id_begin = 3;
    constexpr std::size_t trace_id_size = 32;
    const std::string_view traceparent = context.traceparent;
    return traceparent.size() > trace_id_begin ? traceparent.substr(trace_id_begin, trace_id_size)
                                               : std::string_view();
}

Deadline deadline_of(const Headers& headers, std::chrono::milliseconds limit) {
    const std::string_view text = headers.get("X-Deadline-Ms");
    std::int64_t wanted_ms = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), wanted_ms);
    const bool given = error == std::errc() && stop == text.data() + text.size() && wanted_ms >= 0;
    const auto allowed_ms = given ? std::min<std::int64_t>(wanted_ms, limit.count()) : limit.count();
    return SteadyClock::now() + std::chrono::milliseconds(allowed_ms);
}

/// "HTTP server" of OpenTelemetry's semantic conventions.
void describe(telemetry::Span& span, Method method, const std::string& path, const Response& response) {
    if (!span.is_recorded()) {
        return;
    }
    span.attribute("http.request.method", to_string(method));
    span.attribute("url.path", path);
    span.attribute("http.response.status_code", response.status);
    if (!response.route.empty()) {
        span.rename(std::string(to_string(method)) + ' ' + response.route);
        span.attribute("http.route", response.route);
    }
    if (response.status >= 500) {
        span.fail("status " + std::to_string(response.status));
    }
}

/// Counts a request as long as it is in progress.
class InProgress {
public:
    explicit InProgress(ServerCore& core) : core_(core) {
        ++core_.requests;
        core_.in_progress.add(1);
    }
    InProgress(const InProgress&) = delete;
    InProgress& operator=(const InProgress&) = delete;
    ~InProgress() {
        --core_.requests;
        core_.in_progress.add(-1);
    }

private:
    ServerCore& core_;
};

} // namespace

Connection::Connection(std::shared_ptr<ServerCore> core, Socket socket, std::string client_address)
    : core_(std::move(core)), wire_(std::move(socket), core_->sweeper),
      client_address_(std::move(client_address)), input_(core_->options.head_bytes_max) {}

Connection::~Connection() = default;

void Connection::start() {
    core_->connections.insert(this);
    core_->open_connections.add(1);
    const auto on_end = [self = shared_from_this()](std::exception_ptr failure) { self->ended(failure); };
    boost::asio::co_spawn(
        core_->executor, run(shared_from_this()), boost::asio::bind_cancellation_slot(cut_.slot(), on_end));
}

Task<> Connection::run(std::shared_ptr<Connection> self) {
    co_await self->serve();
}

void Connection::ended(std::exception_ptr failure) {
    wire_.close();
    core_->connections.erase(this);
    core_->open_connections.add(-1);
    core_->ended();
    try {
        if (failure) {
            std::rethrow_exception(failure);
        }
    } catch (const boost::system::system_error& broken) {
        telemetry::log_debug("connection ended", {{"error", broken.code().message()}});
    } catch (const std::exception& bug) {
        telemetry::log_error("connection failed", {{"error", bug.what()}});
    }
}

void Connection::finish_soon() {
    wire_.interrupt();
    if (streaming_) {
        end_stream_.emit(boost::asio::cancellation_type::terminal);
    }
}

void Connection::cut() {
    end_stream_.emit(boost::asio::cancellation_type::terminal);
    cut_.emit(boost::asio::cancellation_type::terminal);
}

Task<> Connection::serve() {
    for (std::size_t served = 1; keep_alive_; ++served) {
        const Incoming incoming = co_await read_request();
        if (incoming == Incoming::end) {
            co_return;
        }
        if (incoming == Incoming::refusal) {
            const Refusal refusal = *parser_->refusal();
            co_await refuse(refusal);
            co_return;
        }
        co_await answer();
        if (served % requests_in_a_row_max == 0) {
            co_await boost::asio::post(core_->executor, boost::asio::deferred);
        }
    }
    if (!input_.empty()) {
        co_await linger();
    }
}

Task<Connection::Incoming> Connection::read_request() {
    const auto& options = core_->options;
    parser_.emplace(options.head_bytes_max, options.body_bytes_max);
    const auto patience = input_.empty() ? options.idle_timeout : options.read_timeout;
    wire_.expire_at(SteadyClock::now() + patience);
    bool late = false;
    try {
        const Incoming incoming = co_await read_until_complete();
        wire_.never_expire();
        co_return incoming;
    } catch (const boost::system::system_error&) {
        late = wire_.timed_out() && parser_->got_some();
    }
    if (late) {
        wire_.forgive();
        co_await refuse({408, "The request did not arrive in time."});
    }
    co_return Incoming::end;
}

Task<Connection::Incoming> Connection::read_until_complete() {
    bool began = !input_.empty();
    bool continued = false;
    for (;;) {
        parse();
        if (parser_->refusal()) {
            co_return Incoming::refusal;
        }
        if (parser_->is_done()) {
            co_return Incoming::request;
        }
        if (parser_->wants_continue() && !continued) {
            continued = true;
            co_await wire_.write("HTTP/1.1 100 Continue\r\n\r\n", {});
        }
        const auto bytes = wire_.try_read(input_.room());
        if (bytes == std::size_t{0} || (!bytes && !began && core_->draining)) {
            co_return Incoming::end;
        }
        if (!bytes) {
            co_await wire_.readable();
            continue;
        }
        input_.add(*bytes);
        if (!began) {
            began = true;
            wire_.expire_at(SteadyClock::now() + core_->options.read_timeout);
        }
    }
}

void Connection::parse() {
    if (!input_.empty()) {
        input_.consume(parser_->feed(input_.unread()));
    }
    if (input_.full()) {
        parser_->refuse_oversized_line();
    }
}

Request Connection::take_request(const telemetry::Span& span) {
    Request request = std::move(parser_->request());
    request.context = span.context();
    request.context.request_id = request_id_of(request.headers);
    request.client_address = client_address_;
    request.deadline = deadline_of(request.headers, core_->options.request_timeout);
    return request;
}

Task<> Connection::answer() {
    const auto began = SteadyClock::now();
    const InProgress in_progress(*core_);
    const Headers& headers = parser_->request().headers;
    const Context parent{.traceparent = std::string(headers.get("traceparent")), .request_id = {}};
    const Method method = parser_->request().method;
    auto span = telemetry::Span::start(to_string(method), parent, telemetry::Span::Kind::server);
    Request request = take_request(span);
    const Context context = request.context;
    const std::string path = request.path;

    Response response = co_await answer_page(std::move(request));
    core_->observer.served({.method = method,
                            .path = path,
                            .route = response.route,
                            .status = response.status,
                            .duration = SteadyClock::now() - began,
                            .context = context});
    describe(span, method, path, response);
    keep_alive_ = parser_->keep_alive() && !core_->draining;
    co_await send(response, method, context);
}

Task<Response> Connection::answer_page(Request request) {
    if (auto preflight = core_->options.cors ? core_->options.cors->preflight(request) : std::nullopt) {
        co_return *std::move(preflight);
    }
    const std::string origin(request.headers.get("Origin"));
    Response response = co_await handle(std::move(request));
    allow(origin, response);
    co_return response;
}

Task<Response> Connection::handle(Request request) {
    const std::string path = request.path;
    if (core_->requests > core_->options.requests_max) {
        co_return problem(503, "The shop is very busy now; please try again soon.", path);
    }
    const Context context = request.context;
    try {
        Task<Response> answer = core_->handler(std::move(request));
        Response response = co_await std::move(answer);
        co_return response;
    } catch (const std::exception& bug) {
        telemetry::log_error("request failed",
                             {{"error", bug.what()},
                              {"request_id", context.request_id},
                              {"traceparent", context.traceparent}});
    }
    co_return problem(500, "Something went wrong on our side.", path);
}

void Connection::allow(std::string_view origin, Response& response) const {
    if (core_->options.cors) {
        core_->options.cors->allow(origin, response);
    }
}

Task<> Connection::send(const Response& response, Method method, const Context& context) {
    const bool has_stream = response.stream != nullptr;
    const bool chunked = has_stream && !parser_->is_http_1_0();
    keep_alive_ = keep_alive_ && (!has_stream || chunked);
    const Framing framing = method == Method::head ? Framing::none
                            : !has_stream          ? Framing::length
                            : chunked              ? Framing::chunked
                                                   : Framing::until_close;
    out_.clear();
    append_head(out_,
                response,
                {.framing = framing,
                 .keep_alive = keep_alive_,
                 .request_id = context.request_id,
                 .trace_id = trace_id_of(context)});
    const bool bare = framing != Framing::length || response.status == 204 || response.status == 304;
    const std::string_view body = bare ? std::string_view() : std::string_view(response.body);
    co_await wire_.write(out_, body, core_->options.write_timeout);
    wire_.never_expire();
    if (has_stream && method != Method::head) {
        co_await send_stream(response, chunked, context);
    }
}

Task<> Connection::refuse(Refusal refusal) {
    keep_alive_ = false;
    const Context context = telemetry::new_context();
    const std::string request_id = uuid_v7();
    const Context shown{.traceparent = context.traceparent, .request_id = request_id};
    const std::string path = parser_->request().path;
    Response response = problem(refusal.status, std::string(refusal.detail), path);
    allow(parser_->request().headers.get("Origin"), response);
    core_->observer.served({.method = parser_->request().method,
                            .path = path,
                            .route = {},
                            .status = refusal.status,
                            .duration = {},
                            .context = shown});
    co_await send(response, Method::get, shown);
    co_await linger();
}

std::string too_many_connections() {
    const Context context = telemetry::new_context();
    Error error(ErrorKind::unavailable, "The server holds as many connections as it can; please try again.");
    const Response response = problem(error.retry_after(1), "");
    std::string text;
    append_head(text,
                response,
                {.framing = Framing::length,
                 .keep_alive = false,
                 .request_id = uuid_v7(),
                 .trace_id = trace_id_of(context)});
    return text + response.body;
}

/// Closing at once while the client still sends would reset the connection and throw away the
/// answer before the client has read it (RFC 9112, section 9.6).
Task<> Connection::linger() {
    wire_.shut_send();
    wire_.expire_at(SteadyClock::now() + linger_time);
    std::size_t drained = 0;
    while (drained < drained_bytes_max) {
        input_.clear();
        const auto bytes = wire_.try_read(input_.room());
        if (bytes == std::size_t{0}) {
            co_return;
        }
        drained += bytes.value_or(0);
        if (!bytes) {
            co_await wire_.readable();
        }
    }
}

} // namespace tandem::http
