#include "gateway/config.hpp"
#include "gateway/documentation.hpp"
#include "gateway/route_table.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace tandem::gateway {
namespace {

using ::testing::HasSubstr;

std::string one_route(const std::string& members) {
    return R"([{"method":"GET","path":"/api/cart/items/{id}","service":"cart",)" + members + "}]";
}

TEST(RouteTableTest, LeadsEveryOperationOfTheContractSomewhere) {
    const auto routes = read_routes(builtin_routes());
    ASSERT_TRUE(routes.has_value()) << routes.error().message();
    std::set<std::string> known;
    for (const Route& route : *routes) {
        known.insert(std::string(to_string(route.method)) + " " + route.path);
    }
    const auto operations = operations_of(builtin_openapi());
    ASSERT_GT(operations.size(), 30u);
    for (const Operation& operation : operations) {
        if (operation.tag != "operations") {
            EXPECT_TRUE(known.contains(operation.method + " " + operation.path))
                << operation.method << " " << operation.path;
        }
    }
}

TEST(RouteTableTest, ReadsARouteWithItsDefaults) {
    const auto routes = read_routes(one_route(R"("target":"/cart/{me}/items/{id}","auth":"required")"));
    ASSERT_TRUE(routes.has_value()) << routes.error().message();
    const Route& route = routes->front();
    EXPECT_EQ(route.method, http::Method::get);
    EXPECT_EQ(route.auth, Auth::required);
    EXPECT_FALSE(route.streaming);
    EXPECT_TRUE(route.rate_limited);
}

TEST(RouteTableTest, RefusesRoutesThatMakeNoSense) {
    const std::pair<std::string, std::string> cases[] = {
        {R"("target":"/cart/{me}","auth":"none")", "{me} needs a token"},
        {R"("target":"/cart/{me}","auth":"optional")", "{me} needs a token"},
        {R"("target":"/cart/{other}","auth":"required")", "the path lacks"},
        {R"("target":"cart","auth":"required")", "must begin with '/'"},
        {R"("target":"/cart","auth":"maybe")", "unknown auth"},
        {R"("target":"/cart","auth":"none","limit":"huge")", "unknown limit"},
    };
    for (const auto& [members, reason] : cases) {
        const auto routes = read_routes(one_route(members));
        ASSERT_FALSE(routes.has_value()) << members;
        EXPECT_THAT(routes.error().message(), HasSubstr(reason));
    }
    EXPECT_FALSE(read_routes("[").has_value());
    EXPECT_FALSE(read_routes(R"([{"method":"GET"}])").has_value());
}

TEST(RouteTableTest, RefusesUnknownServicesMethodsAndDoubles) {
    const std::string route = R"({"method":"GET","path":"/a","service":"user","target":"/a","auth":"none"})";
    EXPECT_TRUE(read_routes("[" + route + "]").has_value());
    EXPECT_FALSE(read_routes("[" + route + "," + route + "]").has_value());
    for (const auto* odd :
         {R"([{"method":"BREW","path":"/a","service":"user","target":"/a","auth":"none"}])",
          R"([{"method":"GET","path":"/a","service":"tea","target":"/a","auth":"none"}])"}) {
        EXPECT_FALSE(read_routes(odd).has_value()) << odd;
    }
}

TEST(RouteTableTest, BuildsTargetsFromTheTokenAndEncodedParameters) {
    const Route route{.target = "/cart/{me}/items/{id}", .auth = Auth::required};
    http::Request request;
    request.path_parameters = {{"id", "../7?x=1#y z"}};

    EXPECT_EQ(target_of(route, request, 42), "/cart/42/items/..%2F7%3Fx%3D1%23y%20z");
    EXPECT_EQ(target_of(Route{.target = "/products"}, request, 0), "/products");
}

} // namespace
} // namespace tandem::gateway
