#pragma once

#include "libs/async/sleep.hpp"
#include "libs/kernel/uuid.hpp"
#include "libs/messaging/broker.hpp"
#include "libs/testing/rabbitmq_server.hpp"
#include "libs/testing/run.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <stdexcept>

namespace tandem::messaging {

/// A queue of the tests' own, with retries that take no time worth waiting for.
inline QueueTopology quick_queue(std::string name = "test_queue") {
    return {std::move(name), {"test.*.*"}, {std::chrono::milliseconds(20), std::chrono::milliseconds(40)}};
}

inline OutgoingEvent numbered_event(int number) {
    return make_event("test.thing.happened",
                      "{\"number\":" + std::to_string(number) + "}",
                      SystemClock().now(),
                      {"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "request-1"});
}

inline std::vector<OutgoingEvent> numbered_events(int count) {
    std::vector<OutgoingEvent> events;
    for (int number = 0; number < count; ++number) {
        events.push_back(numbered_event(number));
    }
    return events;
}

/// Resumes when `condition` holds; throws after a minute.
inline Task<> until(std::function<bool()> condition) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (!condition()) {
        if (std::chrono::steady_clock::now() > deadline) {
            throw std::runtime_error("what the test waits for does not happen");
        }
        co_await async::sleep_for(std::chrono::milliseconds(5));
    }
}

/// A vhost of its own on a real broker, and the loop that publisher and consumers run on.
class BrokerTest : public ::testing::Test {
protected:
    BrokerOptions options(std::string app_id = "test") {
        BrokerOptions result;
        result.url = url;
        result.app_id = std::move(app_id);
        return result;
    }
    void wait_for(std::function<bool()> condition) { testing::run(io, until(std::move(condition))); }
    void publish(std::vector<OutgoingEvent> events) {
        testing::run(io, publisher.publish(std::move(events)));
    }

    std::string url = testing::RabbitmqServer::shared().new_vhost();
    boost::asio::io_context io{1};
    Publisher publisher{io.get_executor(), options()};
};

/// Remembers what it was given; does with each delivery what `decide` says.
struct Recorder {
    std::function<Verdict(const Delivery&)> decide = [](const Delivery&) { return Verdict::done; };
    std::vector<Delivery> seen;
    std::vector<std::size_t> batches;

    Task<std::vector<Verdict>> handle(std::vector<Delivery> batch) {
        batches.push_back(batch.size());
        std::vector<Verdict> verdicts;
        for (Delivery& delivery : batch) {
            verdicts.push_back(decide(delivery));
            seen.push_back(std::move(delivery));
        }
        co_return verdicts;
    }
    BatchHandler handler() {
        return [this](std::vector<Delivery> batch) { return handle(std::move(batch)); };
    }
};

} // namespace tandem::messaging
