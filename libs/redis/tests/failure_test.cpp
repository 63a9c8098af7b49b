#include "libs/redis/tests/client_fixture.hpp"

#include <gmock/gmock.h>

namespace tandem::redis {
namespace {

using ::testing::StartsWith;

class ClientFailureTest : public ClientTest {};

TEST_F(ClientFailureTest, FailsAtOnceUntilTheServerComes) {
    server.kill();
    connect(server.url());
    Outcome outcome;
    run(io, watch(command({"PING"}, 1min), outcome));
    EXPECT_THAT(outcome.failure, StartsWith("unavailable: "));
    server.start();
    EXPECT_TRUE(until([&] { return client->ready(); }));
    EXPECT_EQ(ask({"PING"}), Reply("PONG"));
}

TEST_F(ClientFailureTest, TellsAtOnceWhenTheServerDiesInTheMiddle) {
    connect_and_wait(patient());
    server.pause();
    Outcome outcome;
    tasks.spawn("get", watch(command({"GET", "k"}, 1min), outcome));
    EXPECT_FALSE(until([&] { return outcome.ended(); }, 20ms));
    server.kill();
    ASSERT_TRUE(until([&] { return outcome.ended(); }));
    EXPECT_THAT(outcome.failure, StartsWith("unavailable: "));
    EXPECT_FALSE(client->ready());
}

TEST_F(ClientFailureTest, ConnectsAgainWhenTheServerIsBack) {
    connect_and_wait();
    for (int i = 0; i < 3; ++i) {
        server.kill();
        ASSERT_TRUE(until([&] { return !client->ready(); }));
        server.start();
        ASSERT_TRUE(until([&] { return client->ready(); }));
        EXPECT_EQ(ask({"INCR", "n"}), Reply(std::int64_t{1}));
    }
}

TEST_F(ClientFailureTest, KeepsToTheDeadlineWhenTheServerHangs) {
    connect_and_wait();
    server.pause();
    const auto began = Clock::now();
    Outcome outcome;
    run(io, watch(command({"PING"}, 20ms), outcome));
    EXPECT_THAT(outcome.failure, StartsWith("late: "));
    EXPECT_LT(Clock::now() - began, 1s);
}

TEST_F(ClientFailureTest, NoticesAHangByItself) {
    connect_and_wait(watchful());
    server.pause();
    EXPECT_TRUE(until([&] { return !client->ready(); }));
    server.resume();
    EXPECT_TRUE(until([&] { return client->ready(); }));
}

TEST_F(ClientFailureTest, IsNotReadyWhileAHangingServerOnlyTakesConnections) {
    server.pause();
    connect(server.url(), watchful());
    EXPECT_FALSE(until([&] { return client->ready(); }, 300ms));
    server.resume();
    EXPECT_TRUE(until([&] { return client->ready(); }));
}

TEST_F(ClientFailureTest, DropsTheReplyOfACallThatWasLate) {
    connect_and_wait(patient());
    server.pause();
    Outcome late;
    Outcome patient;
    tasks.spawn("late", watch(command({"ECHO", "late"}, 20ms), late));
    tasks.spawn("patient", watch(command({"ECHO", "patient"}, 1min), patient));
    ASSERT_TRUE(until([&] { return late.ended(); }));
    EXPECT_FALSE(patient.ended());
    server.resume();
    ASSERT_TRUE(until([&] { return patient.ended(); }));
    EXPECT_EQ(patient.reply, Reply("patient"));
    EXPECT_EQ(ask({"ECHO", "next"}), Reply("next"));
}

TEST_F(ClientFailureTest, HoldsABoundedNumberOfCommands) {
    ClientOptions options = patient();
    options.in_flight_max = 2;
    connect_and_wait(options);
    server.pause();
    std::array<Outcome, 2> held;
    for (Outcome& outcome : held) {
        tasks.spawn("held", watch(command({"PING"}, 1min), outcome));
    }
    Outcome refused;
    turn();
    run(io, watch(command({"PING"}, 1min), refused));
    EXPECT_THAT(refused.failure, StartsWith("unavailable: too many"));
    server.resume();
    ASSERT_TRUE(until([&] { return std::ranges::all_of(held, &Outcome::ended); }));
    EXPECT_EQ(ask({"PING"}), Reply("PONG"));
}

TEST_F(ClientFailureTest, LeavesNoTaskWaitingWhenItIsDestroyed) {
    connect_and_wait(patient());
    server.pause();
    Outcome outcome;
    tasks.spawn("get", watch(command({"GET", "k"}, 1min), outcome));
    EXPECT_FALSE(until([&] { return outcome.ended(); }, 20ms));
    client.reset();
    EXPECT_TRUE(until([&] { return tasks.size() == 0; }));
    EXPECT_THAT(outcome.failure, StartsWith("unavailable: "));
    server.resume(); // and nobody minds what the server still sends
    EXPECT_FALSE(until([] { return false; }, 20ms));
}

TEST_F(ClientFailureTest, StopsWithinAnyCommandWhenItsTaskIsCancelled) {
    connect_and_wait(patient());
    server.pause();
    Outcome outcome;
    tasks.spawn("get", watch(command({"GET", "k"}, 1min), outcome));
    EXPECT_FALSE(until([&] { return outcome.ended(); }, 20ms));
    run(io, stop_tasks());
    EXPECT_FALSE(outcome.ended());
}

TEST_F(ClientFailureTest, ClosesWhenWhatWasSentIsAnswered) {
    connect_and_wait();
    Outcome outcome;
    tasks.spawn("incr", watch(command({"INCR", "n"}), outcome));
    turn();
    run(io, client->close(Clock::now() + 5s));
    EXPECT_TRUE(until([&] { return tasks.size() == 0; })) << "and it does not connect again";
    EXPECT_EQ(outcome.reply, Reply(std::int64_t{1}));
    Outcome after;
    run(io, watch(command({"PING"}), after));
    EXPECT_THAT(after.failure, StartsWith("unavailable: "));
}

TEST_F(ClientFailureTest, ClosesAtTheDeadlineWhenTheServerHangs) {
    connect_and_wait(patient());
    server.pause();
    const auto began = Clock::now();
    run(io, client->close(began + 50ms));
    EXPECT_LT(Clock::now() - began, 2s);
    EXPECT_TRUE(until([&] { return tasks.size() == 0; }));
}

} // namespace
} // namespace tandem::redis
