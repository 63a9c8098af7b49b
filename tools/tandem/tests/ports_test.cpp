#include "tools/tandem/files.hpp"
#include "tools/tandem/ports.hpp"
#include "tools/tandem/problem.hpp"

#include <gtest/gtest.h>

namespace tandem::local {
namespace {

Ports ports_with(Variables::Table environment) {
    return Ports(Variables(std::move(environment), {}));
}

std::string refusal_of(Variables::Table environment) {
    try {
        ports_with(std::move(environment));
        return {};
    } catch (const Problem& problem) {
        return problem.what();
    }
}

TEST(PortsTest, AreTheDocumentedOnesByDefault) {
    const Ports ports = ports_with({});

    EXPECT_EQ(ports.of("gateway"), 9000);
    EXPECT_EQ(ports.of("order-service"), 8001);
    EXPECT_EQ(ports.of("order-db"), 5433);
    EXPECT_EQ(ports.of("mail-ui"), 8026);
}

TEST(PortsTest, MoveTogetherWithTheOffset) {
    const Ports ports = ports_with({{"TANDEM_PORT_OFFSET", "11000"}, {"GATEWAY_PORT", "9100"}});

    EXPECT_EQ(ports.of("gateway"), 20'100);
    EXPECT_EQ(ports.of("rabbitmq"), 16'672);
}

TEST(PortsTest, LeaveTheRangeOfOutgoingConnectionsAloneEvenBesideATestShop) {
    const Ports ports = ports_with({{"TANDEM_PORT_OFFSET", "11000"}});

    for (const PortEntry& entry : port_entries()) {
        EXPECT_LT(ports.of(entry.key), 32'768) << entry.key;
    }
}

TEST(PortsTest, AreDocumentedWithTheirDefaults) {
    const auto documented = documented_variables(read_file(".env.example"));

    for (const PortEntry& entry : port_entries()) {
        ASSERT_TRUE(documented.contains(entry.variable)) << entry.variable;
        EXPECT_EQ(documented.at(entry.variable), std::to_string(entry.standard)) << entry.variable;
    }
}

TEST(PortsTest, RefuseValuesThatCannotWorkAndNameTheVariable) {
    EXPECT_NE(refusal_of({{"GATEWAY_PORT", "nine"}}).find("GATEWAY_PORT"), std::string::npos);
    EXPECT_NE(refusal_of({{"TANDEM_PORT_OFFSET", "20000"}}).find("TANDEM_PORT_OFFSET"), std::string::npos);
    EXPECT_NE(refusal_of({{"GATEWAY_PORT", "8001"}}).find("GATEWAY_PORT and ORDER_SERVICE_PORT"),
              std::string::npos);
}

} // namespace
} // namespace tandem::local
