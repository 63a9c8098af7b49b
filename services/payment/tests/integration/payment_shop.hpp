#pragma once

#include "libs/async/sleep.hpp"
#include "libs/http/client.hpp"
#include "libs/json/json.hpp"
#include "libs/kernel/uuid.hpp"
#include "libs/messaging/broker.hpp"
#include "libs/postgres/pool.hpp"
#include "libs/testing/child_process.hpp"
#include "libs/testing/postgres_server.hpp"
#include "libs/testing/rabbitmq_server.hpp"
#include "libs/testing/run.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fmt/format.h>
#include <map>
#include <memory>
#include <set>

namespace tandem::payment {

struct LedgerEntry {
    std::int64_t sequence = 0;
    std::string kind;
    std::string status;
    std::int64_t order_id = 0;
    Money amount;
};
BOOST_DESCRIBE_STRUCT(LedgerEntry, (), (sequence, kind, status, order_id, amount))

struct LedgerPage {
    std::vector<LedgerEntry> entries;
};
BOOST_DESCRIBE_STRUCT(LedgerPage, (), (entries))

struct PaymentEvent {
    std::int64_t order_id = 0;
    std::string status;
    std::optional<std::string> reason;
    std::optional<std::string> transaction_id;
};
BOOST_DESCRIBE_STRUCT(PaymentEvent, (), (order_id, status, reason, transaction_id))

/// The payment service and the provider as the programs that they are, on a real PostgreSQL and
/// RabbitMQ. The test plays the rest of the shop.
class PaymentShopTest : public ::testing::Test {
protected:
    using Settings = std::map<std::string, std::string>;

    void SetUp() override {
        std::filesystem::create_directories(folder);
        publisher.start();
        consumer.start();
        start_provider();
        wait_for("the broker", [&] { return publisher.ready() && consumer.ready(); });
    }

    void TearDown() override {
        testing::run(io, consumer.stop());
        testing::run(io, pool.close(std::chrono::steady_clock::now()));
        services.clear();
        provider.reset();
        std::filesystem::remove_all(folder);
    }

    void start_provider() {
        provider = start(PAYMENT_PROVIDER_PROGRAM,
                         {{"PORT", std::to_string(provider_at.port)},
                          {"PAYMENT_DELAY_MS", "20"},
                          {"LOST_ANSWER_MS", "1000"},
                          {"LEDGER_FILE", folder / "ledger.jsonl"}});
        wait_for("the provider", [&] { return testing::port_answers(provider_at.port); });
    }

    /// One more instance; timings shortened, so that the tests are quick.
    void start_service(Settings settings = {}) {
        const std::uint16_t port = testing::free_port();
        settings.merge(Settings{{"PORT", std::to_string(port)},
                                {"DATABASE_URL", database_url},
                                {"RABBITMQ_URL", broker.url},
                                {"PROVIDER_URL", "http://" + provider_at.to_string()},
                                {"PROVIDER_TIMEOUT_MS", "500"},
                                {"PROVIDER_SETTLE_MS", "1000"},
                                {"PAYMENT_RETRY_FIRST_MS", "20"},
                                {"PAYMENT_RETRY_MAX_MS", "200"},
                                {"BREAKER_COOL_DOWN_MS", "200"}});
        services.push_back(start(PAYMENT_SERVICE_PROGRAM, settings));
        wait_for("the service", [&] { return status({"127.0.0.1", port}, "/health/ready") == 200; });
        pool.start();
    }

    std::unique_ptr<testing::ChildProcess> start(const std::string& program, const Settings& settings) const {
        std::vector<std::string> environment{"LOG_LEVEL=info"};
        for (const auto& [name, value] : settings) {
            environment.push_back(name + "=" + value);
        }
        return std::make_unique<testing::ChildProcess>(
            "", std::vector<std::string>{program}, environment, folder / "log");
    }

    /// Runs the loop until the condition holds.
    template <class Condition>
    void wait_for(const std::string& what, Condition condition) {
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(40);
        while (!condition()) {
            if (std::chrono::steady_clock::now() > deadline) {
                throw std::runtime_error("in vain waited for " + what);
            }
            testing::run(io, async::sleep_for(std::chrono::milliseconds(5)));
        }
    }

    http::Response send(http::Endpoint endpoint, http::Request request) {
        request.deadline = std::chrono::steady_clock::now() + std::chrono::seconds(5);
        return testing::run(io, client.send(endpoint, request));
    }

    int status(const http::Endpoint& endpoint, const std::string& path) {
        http::Request request;
        request.path = path;
        try {
            return send(endpoint, request).status;
        } catch (const Unavailable&) {
            return 0;
        }
    }

    void behave(const std::string& change) {
        http::Request request;
        request.method = http::Method::put;
        request.path = "/v1/behaviour";
        request.headers.add("Content-Type", "application/json");
        request.body = change;
        ASSERT_EQ(send(provider_at, request).status, 200);
    }

    std::vector<LedgerEntry> ledger() {
        http::Request request;
        request.path = "/v1/ledger";
        request.query = "limit=1000";
        return json::read<LedgerPage>(send(provider_at, request).body)->entries;
    }
    /// Charged minus refunded.
    Money kept(std::int64_t order_id) {
        Money sum;
        for (const LedgerEntry& entry : ledger()) {
            if (entry.order_id == order_id && entry.status == "succeeded") {
                sum = entry.kind == "charge" ? sum + entry.amount : sum - entry.amount;
            }
        }
        return sum;
    }
    std::int64_t charges(std::int64_t order_id) {
        return std::ranges::count_if(ledger(), [&](const LedgerEntry& entry) {
            return entry.order_id == order_id && entry.kind == "charge" && entry.status == "succeeded";
        });
    }

    void
    publish(std::string routing_key, std::int64_t order_id, std::string amount, std::string reason = "") {
        const std::string fields = fmt::format(
            R"({{"order_id":{},"user_id":42,"user_email":"a@example.com","items":[],"total_amount":"{}",)"
            R"("payment_method":"credit_card","shipping_address":null,"reason":"{}"}})",
            order_id,
            amount,
            reason);
        last_published = messaging::make_event(std::move(routing_key), fields, SystemClock().now(), {});
        testing::run(io, publisher.publish({last_published}));
    }
    void reserve(std::int64_t order_id, std::string amount) {
        publish("product.stock.reserved", order_id, std::move(amount));
    }
    void cancel(std::int64_t order_id, std::string amount) {
        publish("order.order.cancelled", order_id, std::move(amount), "cancelled_by_customer");
    }

    /// Statuses that the service has announced for an order, in order of arrival.
    std::vector<std::string> announced(std::int64_t order_id) const {
        const auto found = events.find(order_id);
        return found == events.end() ? std::vector<std::string>{} : found->second;
    }

    std::int64_t number(std::string_view sql) {
        const postgres::Query query{"test.number", sql};
        return testing::run(io, pool.query(query, postgres::Params()))[0].integer(0);
    }

    Task<std::vector<messaging::Verdict>> note(std::vector<messaging::Delivery> batch) {
        for (const messaging::Delivery& delivery : batch) {
            if (delivery.event_type.starts_with("payment.")) {
                const auto event = json::read<PaymentEvent>(delivery.body).value();
                if (seen_ids.insert(delivery.event_id).second) {
                    events[event.order_id].push_back(event.status);
                    last_event = event;
                }
            }
        }
        co_return std::vector<messaging::Verdict>(batch.size(), messaging::Verdict::done);
    }

    boost::asio::io_context io;
    std::filesystem::path folder = std::filesystem::temp_directory_path() / ("payment-" + uuid_v7());
    std::string database_url = testing::PostgresServer::shared().new_database();
    messaging::BrokerOptions broker{testing::RabbitmqServer::shared().new_vhost(), "test"};
    http::Endpoint provider_at{"127.0.0.1", testing::free_port()};
    http::Client client{io.get_executor(), {}};
    postgres::Pool pool{io.get_executor(), {.url = database_url}};
    messaging::Publisher publisher{io.get_executor(), broker};
    messaging::Consumer consumer{io.get_executor(),
                                 broker,
                                 messaging::shop_queue("order_updates_queue"),
                                 {},
                                 publisher,
                                 [this](auto batch) { return note(std::move(batch)); }};
    std::unique_ptr<testing::ChildProcess> provider;
    std::vector<std::unique_ptr<testing::ChildProcess>> services;
    messaging::OutgoingEvent last_published;
    std::map<std::int64_t, std::vector<std::string>> events;
    std::set<std::string> seen_ids;
    PaymentEvent last_event;
};

} // namespace tandem::payment
