#include "tools/tandem/commands.hpp"

#include <gmock/gmock.h>

namespace tandem::local {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

TEST(PsqlTest, TakesThePasswordFromTheEnvironmentSinceCommandLinesCanBeRead) {
    const Variables variables{{}, {}};
    const Shop shop{.root = "/clone",
                    .programs = "/clone/build/bin",
                    .state = "/state",
                    .variables = variables,
                    .ports = Ports(variables),
                    .secrets = {{"ORDER_DB_PASSWORD", "hush"}}};

    const Command command = psql_command(shop, "order", {"-c", "SELECT 1"});

    EXPECT_THAT(command.arguments,
                ElementsAre("psql", "postgresql://order_service@127.0.0.1:5433/order_db", "-c", "SELECT 1"));
    EXPECT_THAT(command.environment, ElementsAre(Pair("PGPASSWORD", "hush")));
}

} // namespace
} // namespace tandem::local
