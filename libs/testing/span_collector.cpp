#include "libs/testing/span_collector.hpp"

#include "libs/http/server.hpp"
#include "libs/telemetry/trace.hpp"
#include "libs/testing/run.hpp"

#include <thread>

namespace tandem::testing {

struct SpanCollector::State {
    State() {
        server.start();
        thread = std::thread([this] { context.run(); });
    }
    ~State() {
        context.stop();
        thread.join();
        run(context, server.drain(std::chrono::steady_clock::now()));
    }

    Task<http::Response> take(http::Request request) {
        bodies += request.body;
        co_return http::Response::json(200, "{}");
    }

    boost::asio::io_context context{1};
    boost::asio::executor_work_guard<Executor> work{context.get_executor()};
    http::Server server{
        context.get_executor(), [this](http::Request request) { return take(std::move(request)); }, {}};
    std::string bodies; // of the thread's own while tracing is open
    std::thread thread;
};

SpanCollector::SpanCollector() : state_(std::make_unique<State>()) {
    telemetry::open_tracing("tested", {"http://127.0.0.1:" + std::to_string(state_->server.port())});
}

SpanCollector::~SpanCollector() {
    telemetry::close_tracing();
}

std::string SpanCollector::close() {
    telemetry::close_tracing();
    return state_->bodies;
}

} // namespace tandem::testing
