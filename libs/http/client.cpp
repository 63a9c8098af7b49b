#include "libs/http/client.hpp"

#include "libs/http/exchange.hpp"
#include "libs/http/serialise.hpp"
#include "libs/kernel/unavailable.hpp"
#include "libs/telemetry/metrics.hpp"
#include "libs/telemetry/trace.hpp"

#include <array>
#include <map>

namespace tandem::http {
namespace {

/// How calls to one endpoint went.
struct Outcomes {
    explicit Outcomes(const std::string& upstream) {
        const auto make = [&](const char* outcome) {
            return telemetry::counter("tandem_http_client_requests_total",
                                      "Requests sent, by endpoint and outcome",
                                      {{"upstream", upstream}, {"outcome", outcome}});
        };
        by_class = {make("1xx"), make("2xx"), make("3xx"), make("4xx"), make("5xx")};
        failed = make("failed");
        duration = telemetry::histogram("tandem_http_client_request_duration_seconds",
                                        "Time from sending a request to its answer",
                                        {{"upstream", upstream}});
    }

    std::array<telemetry::Counter, 5> by_class;
    telemetry::Counter failed;
    telemetry::Histogram duration;
};

struct Upstream {
    std::shared_ptr<ConnectionPool> pool;
    Outcomes outcomes;
};

/// Notes how a call ended when it goes out of scope.
class Call {
public:
    Call(const Outcomes& outcomes, const Request& request, const Endpoint& endpoint)
        : span(telemetry::Span::start(
              to_string(request.method), request.context, telemetry::Span::Kind::client)),
          outcomes_(outcomes), began_(SteadyClock::now()) {
        if (!request.route.empty() && span.is_recorded()) {
            span.rename(std::string(to_string(request.method)) + ' ' + request.route);
            span.attribute("url.template", request.route);
        }
        span.attribute("http.request.method", to_string(request.method));
        span.attribute("url.path", request.path);
        span.attribute("server.address", endpoint.host);
        span.attribute("server.port", endpoint.port);
    }
    Call(const Call&) = delete;
    Call& operator=(const Call&) = delete;
    ~Call() {
        outcomes_.duration.observe(SteadyClock::now() - began_);
        if (status_ == 0) {
            outcomes_.failed.add();
            span.fail("no answer");
            return;
        }
        outcomes_.by_class[static_cast<std::size_t>(std::clamp(status_ / 100, 1, 5) - 1)].add();
        span.attribute("http.response.status_code", status_);
        if (status_ >= 400) {
            span.fail("status " + std::to_string(status_));
        }
    }

    void answered(int status) { status_ = status; }
    telemetry::Span span;

private:
    const Outcomes& outcomes_;
    SteadyClock::time_point began_;
    int status_ = 0;
};

} // namespace

struct Client::State : std::enable_shared_from_this<State> {
    State(Executor on, ClientOptions with)
        : executor(on), options(with), sweeper(std::make_shared<Sweeper>(on)) {}

    Upstream& upstream(const Endpoint& endpoint) {
        const auto found = upstreams.find(endpoint);
        if (found != upstreams.end()) {
            return found->second;
        }
        Upstream upstream{.pool = std::make_shared<ConnectionPool>(executor, endpoint, options, sweeper),
                          .outcomes = Outcomes(endpoint.to_string())};
        return upstreams.emplace(endpoint, std::move(upstream)).first->second;
    }

    Exchange::Outgoing prepare(const Endpoint& endpoint, Request request, const Context& context) const;

    Executor executor;
    ClientOptions options;
    std::shared_ptr<Sweeper> sweeper;
    std::map<Endpoint, Upstream> upstreams;
};

Exchange::Outgoing
Client::State::prepare(const Endpoint& endpoint, Request request, const Context& context) const {
    const auto now = SteadyClock::now();
    const Deadline deadline = std::min(request.deadline, now + options.request_timeout);
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - now);
    if (left.count() <= 0) {
        throw DeadlineExceeded("no time is left for a request to " + endpoint.to_string());
    }
    request.headers.set("traceparent", context.traceparent);
    if (!request.context.request_id.empty()) {
        request.headers.set("X-Request-Id", request.context.request_id);
    }
    request.headers.set("X-Deadline-Ms", std::to_string(left.count()));
    std::string head;
    append_head(head, request, endpoint.to_string());
    return {.method = request.method,
            .head = std::move(head),
            .body = std::move(request.body),
            .deadline = deadline};
}

namespace {

class ExchangeBody final : public BodyReader {
public:
    ExchangeBody(std::unique_ptr<Exchange> exchange, std::chrono::milliseconds silence_max)
        : exchange_(std::move(exchange)), silence_max_(silence_max) {}

    Task<std::string> read_some() override {
        co_await exchange_->read_more(SteadyClock::now() + silence_max_);
        co_return std::exchange(exchange_->response().body, {});
    }

private:
    std::unique_ptr<Exchange> exchange_;
    std::chrono::milliseconds silence_max_;
};

} // namespace

Client::Client(Executor executor, ClientOptions options)
    : state_(std::make_shared<State>(executor, options)) {}

Client::~Client() {
    for (auto& [endpoint, upstream] : state_->upstreams) {
        upstream.pool->close_idle();
    }
    state_->sweeper->rest();
}

Task<Response> Client::send(Endpoint endpoint, Request request) {
    const auto state = state_;
    Upstream& upstream = state->upstream(endpoint);
    Call call(upstream.outcomes, request, endpoint);
    auto outgoing = state->prepare(endpoint, std::move(request), call.span.context());
    Lease lease = co_await upstream.pool->acquire(outgoing.deadline);
    Exchange exchange(
        std::move(lease), endpoint.to_string(), std::move(outgoing), state->options.response_bytes_max);
    co_await exchange.begin();
    co_await exchange.finish();
    call.answered(exchange.response().status);
    co_return std::move(exchange.response());
}

Task<StreamedResponse> Client::open(Endpoint endpoint, Request request) {
    const auto state = state_;
    Upstream& upstream = state->upstream(endpoint);
    Call call(upstream.outcomes, request, endpoint);
    auto outgoing = state->prepare(endpoint, std::move(request), call.span.context());
    Lease lease = co_await upstream.pool->acquire(outgoing.deadline);
    auto exchange =
        std::make_unique<Exchange>(std::move(lease), endpoint.to_string(), std::move(outgoing), std::nullopt);
    co_await exchange->begin();
    StreamedResponse opened;
    opened.head.status = exchange->response().status;
    opened.head.headers = exchange->response().headers;
    call.answered(opened.head.status);
    opened.body = std::make_unique<ExchangeBody>(std::move(exchange), state->options.stream_silence_timeout);
    co_return opened;
}

} // namespace tandem::http
