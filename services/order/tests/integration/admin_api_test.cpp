#include "services/order/tests/integration/shop_around.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tandem::order {
namespace {

using auth::Role;
using http::Method;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

/// What an administrator asks of the order service.
class AdminApiTest : public ::testing::Test {
protected:
    http::Response call(Method method, std::string path, Role role = Role::admin) {
        return shop.call(method, std::move(path), shop.token(1, role));
    }
    std::string listed(std::string query) { return call(Method::get, "/admin/orders" + query).body; }

    const DeadLetter letter{"email_service_queue", "e-1", "order.paid", 5, "refused", "not JSON"};
    ShopAround shop;
};

TEST_F(AdminApiTest, IsThereForAdministratorsOnly) {
    for (const Method method : {Method::get, Method::post}) {
        for (const char* path :
             {"/admin/orders", "/admin/dead-letters", "/admin/dead-letters/email_service_queue/replay"}) {
            const auto answer = call(method, path, Role::customer);
            EXPECT_TRUE(answer.status == 403 || answer.status == 405) << path << answer.status;
        }
    }
    EXPECT_EQ(shop.call(Method::get, "/admin/orders", "").status, 401);
    EXPECT_EQ(shop.call(Method::get, "/admin/dead-letters", "").status, 401);
}

TEST_F(AdminApiTest, ListsEverybodysOrdersInPagesAndByState) {
    const auto first = std::to_string(shop.buy_mouse());
    const auto second = std::to_string(shop.buy_mouse());
    const auto is = [](const std::string& id) { return HasSubstr(R"({"id":)" + id + ','); };

    EXPECT_THAT(listed(""), AllOf(is(first), is(second), HasSubstr(R"("user_email":)")));
    EXPECT_THAT(listed("?limit=1"), AllOf(is(second), Not(is(first))));
    EXPECT_THAT(listed("?before=" + second), AllOf(is(first), Not(is(second))));
    EXPECT_THAT(listed("?status=pending"), AllOf(is(first), is(second)));
    EXPECT_EQ(listed("?status=delivered"), "[]");
}

TEST_F(AdminApiTest, RefusesAFilterThatMakesNoSense) {
    for (const char* query : {"?status=lost", "?before=0", "?before=x", "?limit=0", "?limit=201"}) {
        EXPECT_EQ(call(Method::get, std::string("/admin/orders") + query).status, 422) << query;
    }
}

TEST_F(AdminApiTest, ShowsWhatWasGivenUpAndWhy) {
    shop.dead_letters.letters = {letter};
    EXPECT_EQ(call(Method::get, "/admin/dead-letters").body,
              R"([{"queue":"email_service_queue","event_id":"e-1","event_type":"order.paid","attempt":5,)"
              R"("error":"refused","body":"not JSON"}])");
}

TEST_F(AdminApiTest, HandsAQueuesDeadLettersToItsConsumerAgain) {
    shop.dead_letters.letters = {letter, letter};
    const auto answer = call(Method::post, "/admin/dead-letters/email_service_queue/replay");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, R"({"queue":"email_service_queue","replayed":2})");
    EXPECT_TRUE(shop.dead_letters.letters.empty());
    EXPECT_EQ(call(Method::post, "/admin/dead-letters/no_queue/replay").status, 404);
}

TEST_F(AdminApiTest, Answers503WhileTheBrokerIsAway) {
    shop.dead_letters.down = true;
    EXPECT_EQ(call(Method::get, "/admin/dead-letters").status, 503);
    EXPECT_EQ(call(Method::post, "/admin/dead-letters/email_service_queue/replay").status, 503);
}

} // namespace
} // namespace tandem::order
