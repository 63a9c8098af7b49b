#include "services/order/tests/integration/shop_around.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tandem::order {
namespace {

using http::Method;
using ::testing::HasSubstr;
using ::testing::Not;

class CheckoutApiTest : public ::testing::Test {
protected:
    http::Response
    check_out(std::string body, std::vector<http::Headers::Field> headers = {}, std::int64_t user = 5) {
        return shop.call(Method::post, "/checkout", shop.token(user), std::move(body), std::move(headers));
    }
    std::int64_t orders() { return shop.database.number("SELECT count(*) FROM orders"); }

    ShopAround shop;
    const std::string mouse = R"({"items":[{"product_id":2,"quantity":1}]})";
};

TEST_F(CheckoutApiTest, BuysTheCartAndTellsTheCartService) {
    shop.others.cart = R"({"items":[{"product_id":2,"quantity":3,"price":"49.99"}]})";
    const auto response = check_out("");

    EXPECT_EQ(response.status, 200);
    EXPECT_THAT(response.body, HasSubstr(R"("status":"pending","reason":null,"total_amount":"149.97")"));
    EXPECT_THAT(response.body, HasSubstr(R"("payment":null)"));
    EXPECT_THAT(response.body, HasSubstr(R"("user_email":"user5@example.com")"));
    ASSERT_EQ(shop.others.received.size(), 3u);
    EXPECT_EQ(shop.others.received[0].path, "/cart/5");
    EXPECT_EQ(shop.others.received[0].headers.get("Authorization").substr(0, 7), "Bearer ");
    EXPECT_EQ(shop.others.received[1].query, "ids=2");
    EXPECT_EQ(shop.others.received[2].path, "/cart/5/purchases");
    EXPECT_EQ(shop.others.received[2].body, R"({"order_id":1,"items":[{"product_id":2,"quantity":3}]})");
}

TEST_F(CheckoutApiTest, TellsTheCartServiceOfSentItemsOncePerOrder) {
    check_out(mouse, {{"Idempotency-Key", "k-1"}});
    check_out(mouse, {{"Idempotency-Key", "k-1"}});

    ASSERT_EQ(shop.others.received.size(), 2u);
    EXPECT_EQ(shop.others.received[1].path, "/cart/5/purchases");
    EXPECT_EQ(shop.others.received[1].body, R"({"order_id":1,"items":[{"product_id":2,"quantity":1}]})");
}

TEST_F(CheckoutApiTest, AnswersCreatedUnderItsOtherName) {
    EXPECT_EQ(shop.call(Method::post, "/orders/checkout", shop.token(5), mouse).status, 201);
}

TEST_F(CheckoutApiTest, RefusesWhatItShouldWithTheRightCode) {
    EXPECT_EQ(shop.call(Method::post, "/checkout", "", mouse).status, 401);
    EXPECT_EQ(shop.call(Method::post, "/checkout", "forged.token.here", mouse).status, 401);
    EXPECT_EQ(check_out("{}", {{"Content-Type", "text/plain"}}).status, 415);
    EXPECT_EQ(check_out("{\"items\":").status, 400);
    EXPECT_EQ(check_out("{}").status, 400);
    EXPECT_EQ(check_out(R"({"user_id":6})").status, 403);
    EXPECT_EQ(check_out(R"({"items":[]})").status, 422);
    EXPECT_EQ(check_out(R"({"items":[{"product_id":77,"quantity":1}]})").status, 422);
    EXPECT_EQ(check_out(R"({"items":[{"product_id":2,"quantity":1,"price":"0.01"}]})").status, 409);
    EXPECT_EQ(check_out(mouse, {{"Idempotency-Key", ""}}).status, 422);
    EXPECT_EQ(orders(), 0);
}

TEST_F(CheckoutApiTest, UsesTheLastKnownPriceWhileTheProductServiceIsDown) {
    ASSERT_EQ(check_out(mouse).status, 200);
    shop.others.products_down = true;
    shop.others.products = "[]";

    EXPECT_THAT(check_out(mouse).body, HasSubstr(R"("total_amount":"49.99")"));
    const auto never_seen = check_out(R"({"items":[{"product_id":77,"quantity":1}]})");
    EXPECT_EQ(never_seen.status, 503);
    EXPECT_TRUE(never_seen.headers.has("Retry-After"));
}

TEST_F(CheckoutApiTest, RepeatsTheStoredAnswerByteForByteUnderOneKey) {
    const auto first = check_out(mouse, {{"Idempotency-Key", "k-1"}});
    shop.deliver({ShopAround::delivery("stock.reserved", R"({"order_id":1})")});
    const auto again =
        shop.call(Method::post, "/orders/checkout", shop.token(5), mouse, {{"Idempotency-Key", "k-1"}});

    EXPECT_EQ(again.status, 200);
    EXPECT_EQ(again.body, first.body);
    EXPECT_EQ(again.headers.get("Idempotency-Replayed"), "true");
    EXPECT_FALSE(first.headers.has("Idempotency-Replayed"));
    EXPECT_EQ(orders(), 1);
}

TEST_F(CheckoutApiTest, IsAnsweredByAnyInstanceFromTheMomentOfItsCommit) {
    shop.others.purchases_silent = true;
    auto request = shop.request(Method::post, "/checkout", shop.token(5), mouse);
    request.headers.set("Idempotency-Key", "k-1");
    std::optional<http::Response> first;
    boost::asio::co_spawn(shop.database.loop,
                          shop.router.handle(std::move(request)),
                          [&](std::exception_ptr, http::Response response) { first = std::move(response); });
    shop.database.run_until([&] { return shop.others.received.size() == 2; });
    ASSERT_EQ(shop.others.received[1].path, "/cart/5/purchases"); // the order is committed

    // Had the first instance died now, its customer would ask another one.
    AnotherInstance other(shop);
    auto again = shop.request(Method::post, "/checkout", shop.token(5), mouse);
    again.headers.set("Idempotency-Key", "k-1");
    const auto second = shop.database.run(other.router.handle(std::move(again)));
    EXPECT_FALSE(first.has_value());
    EXPECT_EQ(second.status, 200);
    EXPECT_EQ(second.headers.get("Idempotency-Replayed"), "true");

    shop.others.let_go();
    shop.database.run_until([&] { return first.has_value(); });
    EXPECT_EQ(first->body, second.body);
    EXPECT_THAT(second.body, Not(HasSubstr(R"("processing_duration_ms":0)")));
}

TEST_F(CheckoutApiTest, RefusesAnotherRequestUnderTheSameKeyButNotAnotherPersons) {
    check_out(mouse, {{"Idempotency-Key", "k-1"}});
    EXPECT_EQ(check_out(R"({"items":[{"product_id":2,"quantity":2}]})", {{"Idempotency-Key", "k-1"}}).status,
              422);
    EXPECT_EQ(check_out(mouse, {{"Idempotency-Key", "k-1"}}, 6).status, 200);
    EXPECT_EQ(orders(), 2);
}

TEST_F(CheckoutApiTest, FreesTheKeyAfterARefusal) {
    EXPECT_EQ(check_out("{}", {{"Idempotency-Key", "k-1"}}).status, 400);
    EXPECT_EQ(check_out(mouse, {{"Idempotency-Key", "k-1"}}).status, 200);
}

TEST_F(CheckoutApiTest, StoresNothingForACallerWhoGaveUpWhileThePricesWereAskedFor) {
    ASSERT_EQ(check_out(mouse).status, 200); // the prices are known now, and could be used
    shop.others.products_silent = true;
    auto request = shop.request(Method::post, "/checkout", shop.token(5), mouse);
    request.headers.set("Idempotency-Key", "k-1");
    request.deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(300);
    const auto late = shop.database.run(shop.router.handle(std::move(request)));
    shop.others.let_go();

    EXPECT_EQ(late.status, 504);
    EXPECT_EQ(orders(), 1);
    EXPECT_EQ(shop.database.number("SELECT count(*) FROM idempotency_keys"), 0);
    EXPECT_EQ(check_out(mouse, {{"Idempotency-Key", "k-1"}}).status, 200);
}

TEST_F(CheckoutApiTest, MakesOneOrderOfEightParallelRequestsWithOneKey) {
    std::vector<int> statuses;
    for (int i = 0; i < 8; ++i) {
        auto request = shop.request(Method::post, "/checkout", shop.token(5), mouse);
        request.headers.set("Idempotency-Key", "k-8");
        boost::asio::co_spawn(shop.database.loop,
                              shop.router.handle(std::move(request)),
                              [&](std::exception_ptr error, http::Response response) {
                                  EXPECT_FALSE(error);
                                  statuses.push_back(response.status);
                              });
    }
    while (statuses.size() < 8 && shop.database.loop.run_one() > 0) {
    }
    EXPECT_GE(std::ranges::count(statuses, 200), 1);
    EXPECT_EQ(std::ranges::count(statuses, 200) + std::ranges::count(statuses, 409), 8);
    EXPECT_EQ(orders(), 1);
}

TEST_F(CheckoutApiTest, ReturnsTheAddressAsItCame) {
    const auto response = check_out(
        R"({"items":[{"product_id":2,"quantity":1}],"shipping_address":{"city" : "Graz"},"payment_method":"paypal"})");
    EXPECT_THAT(response.body,
                HasSubstr(R"("shipping_address":{"city" : "Graz"},"payment_method":"paypal")"));
}

} // namespace
} // namespace tandem::order
