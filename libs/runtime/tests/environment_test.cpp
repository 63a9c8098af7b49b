#include "libs/runtime/environment.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <map>

namespace tandem::runtime {
namespace {

using namespace std::chrono_literals;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

/// Variables that exist while the test runs.
class Given {
public:
    explicit Given(std::map<std::string, std::string> variables) : variables_(std::move(variables)) {
        for (const auto& [name, value] : variables_) {
            setenv(name.c_str(), value.c_str(), 1);
        }
    }
    ~Given() {
        for (const auto& [name, value] : variables_) {
            unsetenv(name.c_str());
        }
    }
    Given(const Given&) = delete;
    Given& operator=(const Given&) = delete;

private:
    std::map<std::string, std::string> variables_;
};

class EnvironmentTest : public ::testing::Test {
protected:
    static Environment with_arguments(std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), "test_program");
        std::vector<char*> pointers;
        for (std::string& argument : arguments) {
            pointers.push_back(argument.data());
        }
        return Environment("test_program", "Tests.", static_cast<int>(pointers.size()), pointers.data());
    }

    Environment environment = with_arguments({});
};

TEST_F(EnvironmentTest, GivesDefaultsForWhatIsNotSetOrEmpty) {
    const Given given({{"T_TEXT", ""}, {"T_PORT", ""}});
    EXPECT_EQ(environment.text("T_TEXT", "a text", "x"), "x");
    EXPECT_EQ(environment.port("T_PORT", "a port", 8002), 8002);
    EXPECT_EQ(environment.integer("T_INTEGER", "a number", 5, 1, 9), 5);
    EXPECT_TRUE(environment.flag("T_FLAG", "a flag", true));
    EXPECT_EQ(environment.milliseconds("T_MS", "a time", 250), 250ms);
    EXPECT_EQ(environment.endpoint("T_ENDPOINT", "an endpoint", "http://127.0.0.1:1").port, 1);
    EXPECT_EQ(environment.url("T_URL", "a url", "http://127.0.0.1:1/x"), "http://127.0.0.1:1/x");
    EXPECT_THAT(environment.urls("T_URLS", "urls", "http://127.0.0.1:1"), ElementsAre("http://127.0.0.1:1"));
    EXPECT_THAT(environment.urls("T_NONE", "urls", ""), IsEmpty());
    EXPECT_EQ(environment.finish(), std::nullopt);
}

TEST_F(EnvironmentTest, ReadsWhatIsSet) {
    const Given given({{"T_TEXT", "y"},
                       {"T_PORT", "0"},
                       {"T_INTEGER", "9"},
                       {"T_FLAG", "0"},
                       {"T_MS", "86400000"},
                       {"T_ENDPOINT", "http://a:1"},
                       {"T_URL", "http://a:1/b/c"},
                       {"T_URLS", "http://a:1,http://b:2"},
                       {"T_SECRET", "hush"}});
    EXPECT_EQ(environment.text("T_TEXT", "a text", "x"), "y");
    EXPECT_EQ(environment.port("T_PORT", "a port", 8002), 0);
    EXPECT_EQ(environment.integer("T_INTEGER", "a number", 5, 1, 9), 9);
    EXPECT_FALSE(environment.flag("T_FLAG", "a flag", true));
    EXPECT_EQ(environment.milliseconds("T_MS", "a time", 250), 24h);
    EXPECT_EQ(environment.endpoint("T_ENDPOINT", "an endpoint", "http://x").to_string(), "a:1");
    EXPECT_EQ(environment.url("T_URL", "a url", "http://x/y"), "http://a:1/b/c");
    EXPECT_THAT(environment.urls("T_URLS", "urls", ""), ElementsAre("http://a:1", "http://b:2"));
    EXPECT_EQ(environment.secret("T_SECRET", "a secret"), "hush");
    EXPECT_EQ(environment.finish(), std::nullopt);
}

TEST_F(EnvironmentTest, ReadsListsWithoutBlanksAndEmptyItems) {
    const Given given({{"T_LIST", " a b ,,c , "}});
    EXPECT_THAT(environment.list("T_LIST", "texts", "x"), ElementsAre("a b", "c"));
    EXPECT_THAT(environment.list("T_DEFAULT", "texts", "x,y"), ElementsAre("x", "y"));
    EXPECT_THAT(environment.list("T_NONE", "texts", ""), IsEmpty());
}

TEST_F(EnvironmentTest, RefusesWhatIsNoAddress) {
    for (const std::string bad :
         {"x", "https://a:1/b", "http://a:0x/b", "http:///b", "http://a:1,http://b:2/"}) {
        const Given given({{"T_URL", bad}, {"T_ENDPOINT", bad}});
        Environment fresh = with_arguments({});
        fresh.url("T_URL", "a url", "");
        fresh.endpoint("T_ENDPOINT", "an endpoint", "");
        EXPECT_THAT(fresh.problems(), ElementsAre(HasSubstr("T_URL is '"), HasSubstr("T_ENDPOINT is '")))
            << bad;
    }
    const Given given({{"T_URL", "http://a:1"}, {"T_ENDPOINT", "http://a:1/b"}});
    environment.url("T_URL", "a path is missing", "");
    environment.endpoint("T_ENDPOINT", "a path is too much", "");
    EXPECT_EQ(environment.problems().size(), 2u);
}

TEST_F(EnvironmentTest, RefusesEveryKindOfBadNumber) {
    for (const std::string bad : {"x", "1x", " 1", "1.0", "0", "10", "99999999999999999999", "-1", "0x5"}) {
        const Given given({{"T_INTEGER", bad}});
        Environment fresh = with_arguments({});
        fresh.integer("T_INTEGER", "a number", 5, 1, 9);
        EXPECT_THAT(fresh.problems(), ElementsAre(AllOf(HasSubstr("T_INTEGER"), HasSubstr("from 1 to 9"))))
            << bad;
    }
}

TEST_F(EnvironmentTest, TakesATimeOfZeroOnlyWhereItMakesSense) {
    const Given given({{"T_TIMEOUT_MS", "0"}, {"T_DELAY_MS", "0"}});
    EXPECT_EQ(environment.milliseconds("T_DELAY_MS", "a simulated delay", 250, 0), 0ms);
    EXPECT_THAT(environment.problems(), IsEmpty());
    environment.milliseconds("T_TIMEOUT_MS", "patience", 250);
    EXPECT_THAT(environment.problems(),
                ElementsAre(AllOf(HasSubstr("T_TIMEOUT_MS"), HasSubstr("from 1 to 86400000"))));
}

TEST_F(EnvironmentTest, RefusesOtherBadValues) {
    const Given given({{"T_PORT", "65536"},
                       {"T_FLAG", "yes"},
                       {"T_MS", "86400001"},
                       {"T_URLS", "http://a:1,ftp://b"},
                       {"T_LEVEL", "loud"}});
    environment.port("T_PORT", "a port", 1);
    environment.flag("T_FLAG", "a flag", false);
    environment.milliseconds("T_MS", "a time", 1);
    environment.urls("T_URLS", "urls", "");
    environment.choice("T_LEVEL", "a level", "info", {"debug", "info"});
    environment.secret("T_SECRET", "a secret");
    EXPECT_THAT(environment.problems(),
                ElementsAre(HasSubstr("T_PORT"),
                            HasSubstr("T_FLAG"),
                            HasSubstr("T_MS"),
                            AllOf(HasSubstr("T_URLS"), HasSubstr("ftp://b")),
                            AllOf(HasSubstr("T_LEVEL"), HasSubstr("debug|info")),
                            HasSubstr("T_SECRET must be set")));
}

TEST_F(EnvironmentTest, ReportsAllProblemsAtOnceAndExitsWithTwo) {
    const Given given({{"T_PORT", "x"}});
    environment.port("T_PORT", "a port", 1);
    environment.secret("T_SECRET", "a secret");
    ::testing::internal::CaptureStderr();
    EXPECT_EQ(environment.finish(), 2);
    EXPECT_THAT(::testing::internal::GetCapturedStderr(), AllOf(HasSubstr("T_PORT"), HasSubstr("T_SECRET")));
}

TEST_F(EnvironmentTest, RefusesUnknownArguments) {
    const Environment strict = with_arguments({"--verbose"});
    ::testing::internal::CaptureStderr();
    EXPECT_EQ(strict.finish(), 2);
    EXPECT_THAT(::testing::internal::GetCapturedStderr(), HasSubstr("--verbose"));
}

TEST_F(EnvironmentTest, HelpNamesEveryVariableWithMeaningAndDefaultAndHidesSecrets) {
    const Given given({{"T_SECRET", "hush"}, {"T_PORT", "x"}});
    Environment helpful = with_arguments({"--help"});
    helpful.port("T_PORT", "port to listen on", 8002);
    helpful.milliseconds("T_LONG_NAME_MS", "patience", 250);
    helpful.secret("T_SECRET", "the database");
    ::testing::internal::CaptureStdout();
    EXPECT_EQ(helpful.finish(), 0) << "help is given whatever is wrong";
    EXPECT_THAT(::testing::internal::GetCapturedStdout(),
                AllOf(HasSubstr("test_program: Tests."),
                      HasSubstr("  T_PORT          port to listen on [8002]\n"),
                      HasSubstr("  T_LONG_NAME_MS  patience, milliseconds [250]\n"),
                      HasSubstr("  T_SECRET        the database [required]\n"),
                      Not(HasSubstr("hush"))));
}

} // namespace
} // namespace tandem::runtime
