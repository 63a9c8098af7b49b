#include "libs/redis/tests/client_fixture.hpp"

#include <gmock/gmock.h>

namespace tandem::redis {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

TEST_F(ClientTest, GivesTextsIntegersAndNil) {
    connect_and_wait();
    EXPECT_EQ(ask({"SET", "k", std::string("a\0b\r\n", 5)}), Reply("OK"));
    EXPECT_EQ(ask({"GET", "k"}), Reply(std::string("a\0b\r\n", 5)));
    EXPECT_EQ(ask({"INCRBY", "n", "41"}), Reply(std::int64_t{41}));
    EXPECT_EQ(ask({"GET", "nothing"}), Reply());
}

TEST_F(ClientTest, UsesTheDatabaseThatTheUrlNames) {
    connect(server.url() + "/3");
    ASSERT_TRUE(until([&] { return client->ready(); }));
    EXPECT_THAT(std::get<std::string>(ask({"CLIENT", "INFO"})), HasSubstr(" db=3 "));
}

TEST_F(ClientTest, LogsInAsAUserToo) {
    connect_and_wait();
    ask({"ACL", "SETUSER", "limits", "on", ">p@ss", "~*", "+@all"});
    std::string url = server.url_with_password("p%40ss");
    url.insert(url.find("://") + 3, "limits");
    Client other(io.get_executor(), {.address = Address::parse(url).value()});
    other.start(tasks);
    ASSERT_TRUE(until([&] { return other.ready(); }));
    EXPECT_EQ(run(io, other.command({"ACL", "WHOAMI"}, Clock::now() + 5s)), Reply("limits"));
    run(io, other.close(Clock::now() + 5s));
    EXPECT_TRUE(until([&] { return tasks.size() == 1; }));
}

TEST_F(ClientTest, FindsTheServerByName) {
    std::string url = server.url();
    connect(url.replace(url.find("127.0.0.1"), 9, "localhost"));
    EXPECT_TRUE(until([&] { return client->ready(); }));
}

TEST_F(ClientTest, TellsWhatTheServerRefuses) {
    connect_and_wait();
    Outcome outcome;
    run(io, watch(command({"INCR", "k", "too", "many"}), outcome));
    EXPECT_THAT(outcome.failure, StartsWith("refused: redis refused: ERR"));
    run(io, watch(command({"TIME"}), outcome));
    EXPECT_THAT(outcome.failure, HasSubstr("a list"));
    EXPECT_TRUE(client->ready());
}

TEST_F(ClientTest, KeepsAnswersAndCommandsTogetherWhenManyAreInFlight) {
    connect_and_wait();
    std::vector<Outcome> outcomes(1'000);
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        tasks.spawn("echo", watch(command({"ECHO", std::to_string(i)}), outcomes[i]));
    }
    ASSERT_TRUE(until([&] { return std::ranges::all_of(outcomes, &Outcome::ended); }));
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        EXPECT_EQ(outcomes[i].reply, Reply(std::to_string(i)));
    }
}

TEST_F(ClientTest, CarriesMoreThanASocketTakesAtOnce) {
    connect_and_wait(patient());
    const std::string large(8U << 20U, 'x');
    EXPECT_EQ(ask({"SET", "large", large}), Reply("OK"));
    EXPECT_EQ(ask({"GET", "large"}), Reply(large));
}

TEST_F(ClientTest, SendsAScriptWholeWhenTheServerDoesNotKnowIt) {
    connect_and_wait();
    const Script script("return redis.call('INCRBY', KEYS[1], ARGV[1])");
    const std::vector<std::string> arguments{"2"};
    const auto run_script = [&] { return run(io, client->run(script, "n", arguments, Clock::now() + 5s)); };
    EXPECT_EQ(run_script(), Reply(std::int64_t{2}));
    EXPECT_EQ(run_script(), Reply(std::int64_t{4}));
    ask({"SCRIPT", "FLUSH"});
    EXPECT_EQ(run_script(), Reply(std::int64_t{6}));
}

TEST_F(ClientTest, StaysAwayWhenThePasswordIsRefusedAndKeepsItToItself) {
    connect(server.url_with_password("wr0ng"));
    ::testing::internal::CaptureStderr(); // where log lines go before a log is opened
    Outcome outcome;
    EXPECT_FALSE(until([&] { return client->ready(); }, 300ms));
    run(io, watch(command({"PING"}), outcome));
    const std::string log = ::testing::internal::GetCapturedStderr();
    EXPECT_THAT(outcome.failure, StartsWith("unavailable: "));
    EXPECT_THAT(log, HasSubstr("WRONGPASS"));
    EXPECT_THAT(log + outcome.failure, Not(HasSubstr("wr0ng")));
}

} // namespace
} // namespace tandem::redis
