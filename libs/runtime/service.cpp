#include "libs/runtime/service.hpp"

#include "libs/runtime/memory.hpp"
#include "libs/runtime/operations.hpp"
#include "libs/telemetry/log.hpp"
#include "libs/telemetry/trace.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/system/system_error.hpp>

#include <csignal>
#include <cstdlib>
#include <set>

namespace tandem::runtime {
namespace {

using telemetry::Level;

Level level_of(const std::string& word) {
    if (word == "debug") {
        return Level::debug;
    }
    if (word == "warn") {
        return Level::warn;
    }
    return word == "error" ? Level::error : Level::info;
}

[[noreturn]] void give_up(const std::string& why) {
    telemetry::log_error("exiting at once", {{"reason", why}});
    telemetry::close_log();
    std::_Exit(1);
}

} // namespace

ServiceOptions read_service_options(Environment& environment, std::string name, std::uint16_t default_port) {
    ServiceOptions options;
    options.name = std::move(name);
    options.host = environment.text("HOST", "address to listen on", "127.0.0.1");
    options.port = environment.port("PORT", "port to listen on; 0: the system chooses", default_port);
    options.log_level = environment.choice(
        "LOG_LEVEL", "least level that is logged", "info", {"debug", "info", "warn", "error"});
    options.shutdown_timeout =
        environment.milliseconds("SHUTDOWN_TIMEOUT_MS", "time to finish work after SIGTERM", 10'000);
    options.otlp_endpoints = environment.urls(
        "OTEL_EXPORTER_OTLP_ENDPOINT", "where spans are sent (OTLP/HTTP), comma-separated", "");
    return options;
}

struct Service::State {
    explicit State(ServiceOptions given)
        : options(std::move(given)), operations(options.name), tasks(context.get_executor()),
          signals(context), watchdog(context) {
        operations.mount(operations_router);
    }

    Task<http::Response> answer(http::Request request) {
        if (Operations::owns(request.path) && !left_to_handler.contains(request.path)) {
            return operations_router.handle(std::move(request));
        }
        return handler ? handler(std::move(request)) : router.handle(std::move(request));
    }

    bool listen() {
        options.server.host = options.host;
        options.server.port = options.port;
        server = std::make_unique<http::Server>(
            context.get_executor(),
            [this](http::Request request) { return answer(std::move(request)); },
            options.server);
        try {
            server->start();
        } catch (const boost::system::system_error& error) {
            telemetry::log_error(
                "cannot listen",
                {{"host", options.host}, {"port", options.port}, {"error", error.code().message()}});
            server.reset();
            return false;
        }
        telemetry::log_info("listening", {{"host", options.host}, {"port", server->port()}});
        return true;
    }

    void await_signal() {
        signals.async_wait([this](boost::system::error_code error, int number) {
            if (error) {
                return;
            }
            telemetry::log_info("signal", {{"number", number}});
            begin_shutdown();
            await_signal();
        });
    }

    void begin_shutdown() {
        if (stopping) {
            give_up("asked to stop a second time");
        }
        stopping = true;
        operations.stop();
        const auto deadline = std::chrono::steady_clock::now() + options.shutdown_timeout;
        watchdog.expires_at(deadline + std::chrono::seconds(1));
        watchdog.async_wait([this](boost::system::error_code error) {
            if (!error) {
                give_up("shutdown took too long in step '" + step_in_hand + "'");
            }
        });
        boost::asio::co_spawn(
            context.get_executor(), shut_down(deadline), [this](std::exception_ptr) { context.stop(); });
    }

    Task<> shut_down(http::Deadline deadline) {
        if (server) {
            step_in_hand = "requests";
            co_await run_step(server->drain(deadline));
        }
        step_in_hand = "tasks";
        tasks.cancel();
        co_await run_step(tasks.join());
        for (auto& [name, step] : steps) {
            step_in_hand = name;
            co_await run_step(step(deadline));
        }
        telemetry::log_info("stopped", {{"exit_code", exit_code}});
    }

    Task<> run_step(Task<> step) {
        try {
            co_await std::move(step);
        } catch (const std::exception& error) {
            telemetry::log_error("a shutdown step failed", {{"step", step_in_hand}, {"error", error.what()}});
        }
    }

    ServiceOptions options;
    boost::asio::io_context context{1};
    Operations operations;
    http::Router operations_router;
    http::Router router;
    http::Handler handler;
    std::set<std::string> left_to_handler;
    async::TaskGroup tasks;
    boost::asio::signal_set signals;
    boost::asio::steady_timer watchdog;
    std::vector<std::pair<std::string, StopStep>> steps;
    std::unique_ptr<http::Server> server;
    std::string step_in_hand;
    bool stopping = false;
    int exit_code = 0;
};

Service::Service(ServiceOptions options) : state_(std::make_unique<State>(std::move(options))) {
    keep_memory_small();
    std::signal(SIGPIPE, SIG_IGN);
    telemetry::open_log(state_->options.name, level_of(state_->options.log_level));
    if (!state_->options.otlp_endpoints.empty()) {
        telemetry::open_tracing(state_->options.name, state_->options.otlp_endpoints);
    }
}

Service::~Service() {
    telemetry::close_tracing();
    telemetry::close_log();
}

Executor Service::executor() {
    return state_->context.get_executor();
}

http::Router& Service::router() {
    return state_->router;
}

void Service::set_handler(http::Handler handler) {
    state_->handler = std::move(handler);
}

void Service::leave_to_handler(std::string path) {
    state_->left_to_handler.insert(std::move(path));
}

async::TaskGroup& Service::tasks() {
    return state_->tasks;
}

void Service::add_check(std::string name, Check check) {
    state_->operations.add_check(std::move(name), std::move(check));
}

void Service::on_stop(std::string name, StopStep step) {
    state_->steps.emplace_back(std::move(name), std::move(step));
}

std::uint16_t Service::port() const {
    return state_->server ? state_->server->port() : std::uint16_t{0};
}

void Service::stop() {
    boost::asio::post(state_->context, [this] { state_->begin_shutdown(); });
}

int Service::run() {
    if (state_->listen()) {
        state_->signals.add(SIGTERM);
        state_->signals.add(SIGINT);
        state_->await_signal();
        state_->tasks.spawn("memory", keep_trimming_memory(std::chrono::seconds(10)));
    } else {
        state_->exit_code = 1;
        state_->begin_shutdown();
    }
    state_->context.run();
    return state_->exit_code;
}

} // namespace tandem::runtime
