#include "tools/tandem/part.hpp"
#include "tools/tandem/problem.hpp"
#include "tools/tandem/secrets.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <unistd.h>

namespace tandem::local {
namespace {

namespace fs = std::filesystem;

class PartTest : public ::testing::Test {
protected:
    PartTest() : folder_(fs::temp_directory_path() / ("tandem-part-test-" + std::to_string(::getpid()))) {
        fs::create_directories(folder_);
    }
    ~PartTest() override { fs::remove_all(folder_); }

    Shop shop(Variables::Table environment = {}) const {
        Variables variables(std::move(environment), {});
        const Ports ports(variables);
        return {.root = fs::current_path(),
                .programs = "/bin",
                .state = folder_,
                .variables = variables,
                .ports = ports,
                .secrets = complete_secrets(folder_, variables)};
    }

    const fs::path folder_;
};

TEST_F(PartTest, EveryPortBelongsToOnePart) {
    std::multiset<std::string> keys;
    for (const Part& part : all_parts(shop())) {
        keys.insert(part.ports.begin(), part.ports.end());
    }
    for (const PortEntry& entry : port_entries()) {
        EXPECT_EQ(keys.count(entry.key), 1u) << entry.key;
    }
}

TEST_F(PartTest, WhatThePersonHasSetReachesTheProgramThatDocumentsIt) {
    const auto parts = all_parts(shop({{"PAYMENT_DELAY_MS", "7"}, {"PORT", "1"}, {"HOME", "/nowhere"}}));
    const auto& environment = find_part(parts, "payment-provider").environment;

    EXPECT_EQ(environment.at("PAYMENT_DELAY_MS"), "7");
    EXPECT_EQ(environment.at("PORT"), "8100");
    EXPECT_FALSE(environment.contains("HOME"));
    EXPECT_FALSE(find_part(parts, "order-service").environment.contains("PAYMENT_DELAY_MS"));
}

TEST_F(PartTest, EveryProgramSendsItsSpansToTheFlightRecorderAndThatNobody) {
    for (const Part& part : application_parts(shop({{"TANDEM_PORT_OFFSET", "5"}}))) {
        EXPECT_EQ(part.environment.at("OTEL_EXPORTER_OTLP_ENDPOINT"),
                  part.name == "flight-recorder" ? "" : "http://127.0.0.1:4323")
            << part.name;
    }
}

TEST_F(PartTest, SpansGoWhereThePersonWantsThem) {
    const auto parts = all_parts(shop({{"OTEL_EXPORTER_OTLP_ENDPOINT", "http://jaeger:4318"}}));
    EXPECT_EQ(find_part(parts, "gateway").environment.at("OTEL_EXPORTER_OTLP_ENDPOINT"),
              "http://jaeger:4318");
    EXPECT_EQ(find_part(parts, "flight-recorder").environment.at("OTEL_EXPORTER_OTLP_ENDPOINT"), "");
}

TEST_F(PartTest, WithoutTheFlightRecorderNobodySendsSpans) {
    const auto parts = all_parts(shop({{"TANDEM_FLIGHT_RECORDER", "off"}}));
    EXPECT_THROW(find_part(parts, "flight-recorder"), Problem);
    EXPECT_FALSE(find_part(parts, "gateway").environment.contains("OTEL_EXPORTER_OTLP_ENDPOINT"));
    EXPECT_NE(
        find_part(parts, "storefront").configuration.at("storefront.json").find(R"("flight_recorder":null)"),
        std::string::npos);
    EXPECT_THROW(all_parts(shop({{"TANDEM_FLIGHT_RECORDER", "no"}})), Problem);
}

TEST_F(PartTest, AServiceKnowsItsOwnDatabaseOnly) {
    const Shop one = shop();
    const auto parts = all_parts(one);

    EXPECT_EQ(find_part(parts, "order-service").environment.at("DATABASE_URL"), one.database_url("order"));
    EXPECT_NE(one.database_url("order"), one.database_url("payment"));
    EXPECT_FALSE(find_part(parts, "email-service").environment.contains("DATABASE_URL"));
}

TEST_F(PartTest, TheGatewayIsToldWhereRedisIsAndHowToLogIn) {
    const Shop one = shop();
    const auto parts = all_parts(one);
    const std::string& url = find_part(parts, "gateway").environment.at("REDIS_URL");

    EXPECT_EQ(url, "redis://:" + one.secrets.at("REDIS_PASSWORD") + "@127.0.0.1:6379");
    EXPECT_FALSE(find_part(parts, "order-service").environment.contains("REDIS_URL"));
}

TEST_F(PartTest, TheStorefrontMayCallBothDoorsAndTheFlightRecorderAndIsLetIn) {
    const Shop one = shop({{"STOREFRONT_PORT", "3100"}});
    const auto parts = all_parts(one);
    const std::string& nginx = find_part(parts, "storefront").configuration.at("nginx.conf");

    EXPECT_NE(nginx.find("connect-src 'self' http://127.0.0.1:9000 http://127.0.0.1:8000 "
                         "http://127.0.0.1:4318;"),
              std::string::npos);
    for (const char* door : {"gateway", "monolith", "flight-recorder"}) {
        EXPECT_TRUE(
            find_part(parts, door).environment.at("CORS_ORIGINS").starts_with("http://localhost:3100,"))
            << door;
    }
}

TEST_F(PartTest, OriginsThatThePersonAllowsReplaceTheStorefronts) {
    const auto parts = all_parts(shop({{"CORS_ORIGINS", "https://shop.example"}}));

    EXPECT_EQ(find_part(parts, "gateway").environment.at("CORS_ORIGINS"), "https://shop.example");
}

TEST_F(PartTest, TheStorefrontIsToldWhichDoorDoesNotRun) {
    Shop one = shop();
    one.architecture = Architecture::monolith;
    const auto parts = all_parts(one);
    const std::string& settings = find_part(parts, "storefront").configuration.at("storefront.json");

    EXPECT_NE(settings.find(R"("microservices":null,"monolith":"http://127.0.0.1:8000")"), std::string::npos);
}

TEST_F(PartTest, NoCommandLineHoldsAPassword) {
    const Shop one = shop();
    for (const Part& part : all_parts(one)) {
        const std::string line = fmt::format("{}", fmt::join(part.command, " "));
        for (const auto& [name, secret] : one.secrets) {
            EXPECT_FALSE(name.ends_with("_PASSWORD") && line.contains(secret))
                << part.name << " shows " << name;
        }
    }
}

TEST_F(PartTest, NoDatabaseLogsWhatCustomersHaveTyped) {
    for (const char* service : database_services) {
        const std::string name = std::string(service) + "-db";
        const std::string text = find_part(all_parts(shop()), name).configuration.at(name + ".conf");
        for (const char* line : {"\nlog_error_verbosity = terse\n",
                                 "\nlog_parameter_max_length = 0\n",
                                 "\nlog_parameter_max_length_on_error = 0\n"}) {
            EXPECT_NE(text.find(line), std::string::npos) << name << line;
        }
    }
}

TEST_F(PartTest, AnUnknownNameIsAnsweredWithTheKnownOnes) {
    const auto parts = all_parts(shop());
    try {
        find_part(parts, "ordr");
        ADD_FAILURE();
    } catch (const Problem& problem) {
        EXPECT_NE(std::string(problem.what()).find("order-service"), std::string::npos);
    }
}

TEST_F(PartTest, SecretsAreDrawnOnceAndKeptToTheOwner) {
    const auto first = complete_secrets(folder_, Variables({}, {}));
    const auto again = complete_secrets(folder_, Variables({{"ADMIN_PASSWORD", "other"}}, {}));

    EXPECT_EQ(first, again);
    EXPECT_EQ(first.at("REDIS_PASSWORD").size(), 32u);
    EXPECT_NE(first.at("REDIS_PASSWORD"), first.at("ADMIN_PASSWORD"));
    EXPECT_EQ(fs::status(folder_ / "secrets.env").permissions(),
              fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(PartTest, ASecretThatWouldBreakAUrlIsRefused) {
    EXPECT_THROW(complete_secrets(folder_, Variables({{"RABBITMQ_PASSWORD", "a@b/c"}}, {})), Problem);
}

} // namespace
} // namespace tandem::local
