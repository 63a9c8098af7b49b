#pragma once

#include "gateway/config.hpp"
#include "gateway/gateway.hpp"
#include "gateway/local_rate_limiter.hpp"
#include "libs/async/sleep.hpp"
#include "libs/http/server.hpp"
#include "libs/testing/run.hpp"

#include <gtest/gtest.h>

namespace tandem::gateway {

using std::chrono::milliseconds;
using tandem::testing::run;

/// A stand-in for one instance of a service. Remembers what it was asked.
class FakeService {
public:
    explicit FakeService(boost::asio::io_context& io)
        : server_(
              io.get_executor(), [this](http::Request request) { return answer(std::move(request)); }, {}) {
        server_.start();
    }

    http::Endpoint endpoint() const { return {"127.0.0.1", server_.port()}; }
    Task<> stop() { return server_.drain(SteadyClock::now()); }

    http::Handler behaviour; ///< unset: 200 with the target it saw
    std::vector<http::Request> requests;
    int health_status = 200;

private:
    Task<http::Response> answer(http::Request request) {
        if (request.path == "/health") {
            co_return http::Response::json(health_status, R"({"status":"x","checks":{"database":"up"}})");
        }
        requests.push_back(request);
        if (behaviour) {
            Task<http::Response> handled = behaviour(std::move(request));
            http::Response response = co_await std::move(handled);
            co_return response;
        }
        co_return http::Response::text(200, request.path + "?" + request.query);
    }

    http::Server server_;
};

/// A gateway in front of fake services: two instances of `product`, one of every other.
class GatewayTest : public ::testing::Test {
protected:
    GatewayTest() {
        for (const std::string_view name : services) {
            services_by_name[std::string(name)].push_back(std::make_unique<FakeService>(io));
        }
        services_by_name["product"].push_back(std::make_unique<FakeService>(io));
    }

    ~GatewayTest() override {
        run(io, stop_tasks());
        if (server) {
            run(io, server->drain(SteadyClock::now()));
        }
        for (auto& [name, instances] : services_by_name) {
            for (auto& instance : instances) {
                run(io, instance->stop());
            }
        }
    }

    Task<> stop_tasks() {
        tasks.cancel();
        co_await tasks.join();
    }

    void open_door(RateLimit limit = {.per_s = 0}, http::ServerOptions options = {}) {
        for (const auto& [name, instances] : services_by_name) {
            std::vector<http::Endpoint> endpoints;
            for (const auto& instance : instances) {
                endpoints.push_back(instance->endpoint());
            }
            const auto instead = replaced.find(name);
            upstreams.emplace(name,
                              Upstream(name, instead == replaced.end() ? endpoints : instead->second, {}));
        }
        if (!limiter) {
            limiter = std::make_unique<LocalRateLimiter>(limit);
        }
        proxy.emplace(client, streams, upstreams, Proxy::Options{});
        health.emplace(io.get_executor(), client, upstreams, HealthMonitor::Options{});
        options.cors.emplace(std::set<std::string>{"http://localhost:3000"});
        gateway.emplace(Gateway::Parts{authenticator, *proxy, *limiter},
                        read_routes(builtin_routes()).value(),
                        std::set<std::string>());
        gateway->serve_health(*health);
        gateway->serve_contract(std::string(builtin_openapi()));
        server.emplace(
            io.get_executor(),
            [this](http::Request request) { return gateway->handle(std::move(request)); },
            options);
        server->start();
    }

    FakeService& service(const std::string& name, std::size_t i = 0) { return *services_by_name[name].at(i); }

    std::string token(std::int64_t user, auth::Role role = auth::Role::customer) {
        const SystemClock clock;
        return "Bearer " + key.sign({.principal = {.user_id = user, .email = "a@b.c", .role = role},
                                     .issuer = "tandem",
                                     .audience = "tandem-shop",
                                     .issued_at = clock.now(),
                                     .expires_at = clock.now() + std::chrono::minutes(5),
                                     .token_id = "t"});
    }

    static http::Request request(http::Method method, std::string path, std::string authorization = {}) {
        http::Request made;
        made.method = method;
        made.path = std::move(path);
        made.deadline = SteadyClock::now() + std::chrono::seconds(8);
        if (!authorization.empty()) {
            made.headers.add("Authorization", std::move(authorization));
        }
        return made;
    }
    http::Response call(http::Request what) {
        return run(io, customer.send({"127.0.0.1", server->port()}, std::move(what)));
    }
    http::Response get(std::string path, std::string authorization = {}) {
        return call(request(http::Method::get, std::move(path), std::move(authorization)));
    }

    /// Turns the event loop until `condition` holds; false after five seconds.
    bool until(const std::function<bool()>& condition) { return run(io, wait_until(condition)); }
    static Task<bool> wait_until(std::function<bool()> condition) {
        const auto limit = SteadyClock::now() + std::chrono::seconds(5);
        while (!condition() && SteadyClock::now() < limit) {
            co_await async::sleep_for(milliseconds(1));
        }
        co_return condition();
    }

    Task<std::string> fetch_keys() {
        ++key_fetches;
        co_return auth::jwks_document({key.public_jwk()});
    }

    boost::asio::io_context io;
    auth::SigningKey key = auth::SigningKey::generate();
    int key_fetches = 0;
    std::map<std::string, std::vector<std::unique_ptr<FakeService>>> services_by_name;
    std::map<std::string, std::vector<http::Endpoint>> replaced; ///< set before open_door
    http::Client client{io.get_executor(), {}};
    http::Client streams{io.get_executor(), {.connections_per_endpoint_max = 2, .waiting_max = 0}};
    http::Client customer{io.get_executor(), {}};
    auth::Authenticator authenticator{[this] { return fetch_keys(); }, {}};
    Proxy::Upstreams upstreams;
    std::unique_ptr<RateLimiter> limiter; ///< set before open_door, else a local one
    std::optional<Proxy> proxy;
    std::optional<HealthMonitor> health;
    std::optional<Gateway> gateway;
    std::optional<http::Server> server;
    async::TaskGroup tasks{io.get_executor()};
};

} // namespace tandem::gateway
