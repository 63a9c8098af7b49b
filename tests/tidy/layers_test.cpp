#include "tests/tidy/layers.hpp"

#include <gtest/gtest.h>

namespace tandem::tidy {
namespace {

constexpr auto domain = "services/order/domain/order.hpp";
constexpr auto core = "services/order/core/checkout.cpp";
constexpr auto api = "services/order/api/order_routes.cpp";
constexpr auto infrastructure = "services/order/infrastructure/postgres_orders.cpp";

TEST(LayersTest, LetEachLayerSeeWhatLiesBelowIt) {
    EXPECT_FALSE(objection_to_include(domain, "libs/kernel/money.hpp"));
    EXPECT_FALSE(objection_to_include(core, "services/order/domain/order.hpp"));
    EXPECT_FALSE(objection_to_include(api, "services/order/core/checkout.hpp"));
    EXPECT_FALSE(objection_to_include(infrastructure, "libs/postgres/pool.hpp"));
    EXPECT_FALSE(
        objection_to_include("services/order/main.cpp", "services/order/infrastructure/postgres_orders.hpp"));
}

TEST(LayersTest, KeepInputAndOutputOutOfDomainAndCore) {
    EXPECT_TRUE(objection_to_include(domain, "libs/json/json.hpp"));
    EXPECT_TRUE(objection_to_include(domain, "services/order/core/checkout.hpp"));
    EXPECT_TRUE(objection_to_include(core, "libs/postgres/pool.hpp"));
    EXPECT_TRUE(objection_to_system_include(domain, "boost/asio/awaitable.hpp"));
    EXPECT_TRUE(objection_to_system_include(core, "libpq-fe.h"));
    EXPECT_FALSE(objection_to_system_include(core, "vector"));
    EXPECT_FALSE(objection_to_system_include(infrastructure, "openssl/evp.h"));
}

TEST(LayersTest, LetApiAndInfrastructureMeetOnlyInMain) {
    EXPECT_TRUE(objection_to_include(api, "services/order/infrastructure/postgres_orders.hpp"));
    EXPECT_TRUE(objection_to_include(infrastructure, "services/order/api/order_json.hpp"));
    EXPECT_TRUE(objection_to_include(api, "libs/postgres/pool.hpp"));
}

TEST(LayersTest, KeepServicesApart) {
    EXPECT_TRUE(objection_to_include(api, "services/cart/core/cart.hpp"));
    EXPECT_TRUE(objection_to_include("services/order/main.cpp", "services/cart/core/cart.hpp"));
    EXPECT_TRUE(objection_to_include("gateway/routes.cpp", "services/cart/core/cart.hpp"));
    EXPECT_TRUE(objection_to_include("libs/http/server.cpp", "services/cart/core/cart.hpp"));
}

TEST(LayersTest, LetTheMonolithWireEveryServiceButKeepItsCorePure) {
    EXPECT_FALSE(objection_to_include("monolith/main.cpp", "services/order/api/order_json.hpp"));
    EXPECT_FALSE(objection_to_include("monolith/modules/till.hpp", "gateway/backend.hpp"));
    EXPECT_FALSE(objection_to_include("monolith/core/checkout.cpp", "services/order/core/orders.hpp"));
    EXPECT_TRUE(objection_to_include("monolith/core/checkout.cpp", "libs/postgres/pool.hpp"));
    EXPECT_TRUE(objection_to_include("monolith/core/checkout.cpp", "services/order/api/order_json.hpp"));
    EXPECT_TRUE(objection_to_system_include("monolith/core/checkout.cpp", "boost/asio/post.hpp"));
    EXPECT_TRUE(objection_to_include("services/order/main.cpp", "monolith/core/checkout.hpp"));
    EXPECT_TRUE(objection_to_include("gateway/main.cpp", "monolith/core/checkout.hpp"));
}

TEST(LayersTest, LetTheSimulationRunWhatServicesDecideAndReachNothing) {
    constexpr auto simulation = "lab/simulation/stores/order_store.cpp";
    EXPECT_FALSE(objection_to_include(simulation, "services/order/core/orders.hpp"));
    EXPECT_FALSE(objection_to_include(simulation, "services/cart/api/shop_events.hpp"));
    EXPECT_FALSE(objection_to_include(simulation, "services/order/infrastructure/order_event_json.hpp"));
    EXPECT_FALSE(objection_to_include(simulation, "libs/messaging/judge.hpp"));
    EXPECT_TRUE(objection_to_include(simulation, "services/order/infrastructure/postgres_orders.hpp"));
    EXPECT_TRUE(objection_to_include(simulation, "libs/postgres/pool.hpp"));
    EXPECT_TRUE(objection_to_include("lab/compare/main.cpp", "services/order/core/orders.hpp"));
    EXPECT_TRUE(objection_to_include("services/order/core/orders.hpp", "lab/simulation/run/shop.hpp"));
}

TEST(LayersTest, LetLibrariesBuildOnlyUponTheirFoundations) {
    EXPECT_FALSE(objection_to_include("libs/runtime/service.cpp", "libs/http/server.hpp"));
    EXPECT_FALSE(objection_to_include("libs/http/server.cpp", "libs/telemetry/log.hpp"));
    EXPECT_TRUE(objection_to_include("libs/kernel/money.cpp", "libs/telemetry/log.hpp"));
    EXPECT_TRUE(objection_to_include("libs/postgres/pool.cpp", "libs/http/server.hpp"));
}

TEST(LayersTest, LeaveRedisToTheGatewayAndToMain) {
    EXPECT_FALSE(objection_to_include("gateway/redis_rate_limiter.cpp", "libs/redis/client.hpp"));
    EXPECT_FALSE(objection_to_include("services/order/main.cpp", "libs/redis/client.hpp"));
    EXPECT_TRUE(objection_to_include(infrastructure, "libs/redis/client.hpp"));
    EXPECT_TRUE(objection_to_include("libs/runtime/service.cpp", "libs/redis/client.hpp"));
}

TEST(LayersTest, WantIncludesFromTheRoot) {
    EXPECT_TRUE(objection_to_include(core, "../domain/order.hpp"));
    EXPECT_TRUE(objection_to_include(core, "checkout.hpp"));
}

TEST(LayersTest, WhoBreaksTheShopOnlyRunsItsJudge) {
    constexpr auto chaos = "lab/chaos/siege.cpp";
    EXPECT_FALSE(objection_to_include(chaos, "lab/chaos/crowd.hpp"));
    EXPECT_FALSE(objection_to_include(chaos, "lab/load_generator/schedule.hpp"));
    EXPECT_FALSE(objection_to_include(chaos, "lab/report/page.hpp"));
    EXPECT_FALSE(objection_to_include(chaos, "libs/http/client.hpp"));
    EXPECT_TRUE(objection_to_include(chaos, "lab/auditor/promises.hpp"));
    EXPECT_TRUE(objection_to_include(chaos, "lab/compare/outage.hpp"));
    EXPECT_TRUE(objection_to_include(chaos, "services/order/domain/order.hpp"));
}

TEST(LayersTest, FindIncludeLines) {
    const auto includes =
        includes_of("#pragma once\n#include <vector>\n\n#include \"libs/kernel/id.hpp\" // why\n");

    ASSERT_EQ(includes.size(), 2u);
    EXPECT_TRUE(includes[0].is_system);
    EXPECT_EQ(includes[0].target, "vector");
    EXPECT_EQ(includes[1].line, 4);
    EXPECT_EQ(includes[1].target, "libs/kernel/id.hpp");
}

TEST(LayersTest, LetTheAuditorBelieveNobody) {
    constexpr auto auditor = "lab/auditor/judge_money.cpp";
    EXPECT_FALSE(objection_to_include(auditor, "lab/auditor/dossier.hpp"));
    EXPECT_FALSE(objection_to_include(auditor, "libs/kernel/money.hpp"));
    EXPECT_FALSE(objection_to_include(auditor, "libs/json/json.hpp"));
    EXPECT_FALSE(
        objection_to_include("lab/auditor/tests/judges_test.cpp", "libs/testing/postgres_server.hpp"));
    EXPECT_TRUE(objection_to_include(auditor, "libs/postgres/pool.hpp"));
    EXPECT_TRUE(objection_to_include(auditor, "lab/compare/wal.hpp"));
    EXPECT_TRUE(objection_to_include(auditor, "services/order/domain/order.hpp"));
}

} // namespace
} // namespace tandem::tidy
