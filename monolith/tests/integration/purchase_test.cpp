#include "monolith/tests/integration/monolith_test.hpp"

#include <fmt/format.h>

namespace tandem::monolith {
namespace {

using http::Method;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class PurchaseTest : public MonolithTest {
protected:
    void SetUp() override { shop.open(); }

    std::string confirmation_of(const http::Response& response) {
        return fmt::format("Order Confirmation - Order #{}", order_of(response).id);
    }
};

TEST_F(PurchaseTest, AnswersPaidWithEverythingDone) {
    const auto mouse = add_product("49.99", 50);
    put_into_cart(7, {mouse, 2});
    const auto response = check_out(7, {});

    ASSERT_EQ(response.status, 200) << response.body;
    EXPECT_THAT(response.body, HasSubstr(R"("status":"paid","reason":null,"total_amount":"99.98")"));
    EXPECT_THAT(response.body, HasSubstr(R"("status":"processed")"));
    EXPECT_EQ(pieces_in_cart(7), 0);
    EXPECT_EQ(available(mouse), 48);
    const auto mails = mails_about(confirmation_of(response));
    ASSERT_THAT(mails, SizeIs(1)) << "sent before the answer";
    EXPECT_EQ(mails.front().to, "user7@example.com");
    EXPECT_THAT(shop.get("/api/notifications", shop.token(7)).body, HasSubstr(R"("type":"order.paid")"));
    expect_laws();
}

TEST_F(PurchaseTest, LetsBuyersAndNobodyElseReviewWhatTheyBought) {
    const auto mouse = add_product("49.99", 50);
    ASSERT_EQ(check_out(7, {{mouse}}).status, 200);
    const std::string path = fmt::format("/api/products/{}/reviews", mouse);
    const std::string review = R"({"rating":5})";
    EXPECT_EQ(shop.call(shop.request(Method::post, path, shop.token(7), review)).status, 201);
    EXPECT_EQ(shop.call(shop.request(Method::post, path, shop.token(8), review)).status, 403);
}

TEST_F(PurchaseTest, ServesWhoeverRegistersAndLogsIn) {
    const auto mouse = add_product("49.99", 50);
    const std::string account = R"({"email":"ann@example.com","password":"password123","full_name":"Ann"})";
    ASSERT_EQ(shop.call(shop.request(Method::post, "/api/auth/register", "", account)).status, 201);
    const auto login = shop.call(shop.request(Method::post, "/api/auth/login", "", account));
    ASSERT_EQ(login.status, 200) << login.body;
    const auto from = login.body.find(R"("access_token":")") + 16;
    const std::string token = login.body.substr(from, login.body.find('"', from) - from);

    const std::string items = fmt::format(R"({{"items":[{{"product_id":{},"quantity":1}}]}})", mouse);
    const auto bought = shop.call(shop.request(Method::post, "/api/orders/checkout", token, items));
    EXPECT_EQ(bought.status, 201) << "its other name: " << bought.body;
    shop.until("both mails", [&] {
        return mails_about("Welcome to Tandem").size() == 1 && !mails_about(confirmation_of(bought)).empty();
    });
    expect_laws();
}

TEST_F(PurchaseTest, RefusesWhatItShouldAndKeepsNothing) {
    const auto mouse = add_product("49.99", 5);
    EXPECT_EQ(check_out(7, {}).status, 400) << "the cart is empty";
    EXPECT_EQ(check_out(7, {{mouse, 6}}).status, 409);
    EXPECT_EQ(check_out(7, {{mouse, 1}, {mouse + 1, 1}}).status, 422);
    EXPECT_EQ(shop.call(shop.request(Method::post, "/api/checkout")).status, 401);
    const std::string cheap =
        fmt::format(R"({{"items":[{{"product_id":{},"quantity":1,"price":"0.01"}}]}})", mouse);
    EXPECT_EQ(shop.call(shop.request(Method::post, "/api/checkout", shop.token(7), cheap)).status, 409);

    EXPECT_EQ(orders(), 0);
    EXPECT_EQ(available(mouse), 5);
    EXPECT_THAT(shop.ledger(), IsEmpty());
    EXPECT_THAT(shop.mail.mails(), IsEmpty());
    expect_laws();
}

TEST_F(PurchaseTest, KeepsNothingOfADeclinedPurchaseAndFreesItsKey) {
    const auto unlucky = add_product("10.13", 5);
    const auto lucky = add_product("0.50", 5);
    put_into_cart(7, {unlucky, 1});
    const auto declined = check_out(7, {}, "key-1");

    EXPECT_EQ(declined.status, 402);
    EXPECT_THAT(declined.headers.get("Content-Type"), HasSubstr("application/problem+json"));
    EXPECT_EQ(orders(), 0);
    EXPECT_EQ(shop.number("SELECT count(*) FROM payments.payments"), 0);
    EXPECT_EQ(shop.number("SELECT count(*) FROM orders.notifications"), 0);
    EXPECT_EQ(available(unlucky), 5);
    EXPECT_EQ(pieces_in_cart(7), 1);
    EXPECT_THAT(shop.mail.mails(), IsEmpty());

    put_into_cart(7, {lucky, 1});
    EXPECT_EQ(check_out(7, {}, "key-1").status, 200);
    expect_laws();
}

TEST_F(PurchaseTest, ChargesOnceWhenTheProvidersAnswerIsLost) {
    const auto thing = add_product("10.14", 5);
    EXPECT_EQ(check_out(7, {{thing}}).status, 200);
    EXPECT_THAT(shop.ledger(), SizeIs(1));
    expect_laws();
}

TEST_F(PurchaseTest, IsPatientWithAProviderThatFailsTwice) {
    const auto thing = add_product("10.15", 5);
    EXPECT_EQ(check_out(7, {{thing}}).status, 200);
    EXPECT_THAT(shop.ledger(), SizeIs(1));
    expect_laws();
}

TEST_F(PurchaseTest, RepeatsItsAnswersByteForByteEvenAfterItWasKilled) {
    const auto mouse = add_product("49.99", 50);
    std::map<std::string, http::Response> first;
    for (const char* key : {"key-1", "key-2", "key-3"}) {
        first[key] = check_out(7, {{mouse}}, key);
        ASSERT_EQ(first[key].status, 200);
        EXPECT_EQ(check_out(7, {{mouse}}, key).body, first[key].body);
    }
    first["key-4"] = check_out(7, {{mouse}}, "key-4");
    shop.kill();
    shop.reopen();
    for (const auto& [key, answer] : first) {
        const auto again = check_out(7, {{mouse}}, key);
        EXPECT_EQ(again.status, 200);
        EXPECT_EQ(again.body, answer.body);
        EXPECT_EQ(again.headers.get("Idempotency-Replayed"), "true");
    }
    EXPECT_EQ(orders(), 4);
    expect_laws();
}

TEST_F(PurchaseTest, RefusesAnotherRequestUnderAUsedKeyButNotAnotherPersons) {
    const auto mouse = add_product("49.99", 50);
    ASSERT_EQ(check_out(7, {{mouse, 1}}, "key-1").status, 200);
    EXPECT_EQ(check_out(7, {{mouse, 2}}, "key-1").status, 422);
    EXPECT_EQ(check_out(8, {{mouse, 2}}, "key-1").status, 200);
    EXPECT_EQ(orders(), 2);
    expect_laws();
}

TEST_F(PurchaseTest, RefundsACancelledOrderPutsItsPiecesBackAndTellsTheCustomer) {
    const auto mouse = add_product("49.99", 50);
    const auto bought = order_of(check_out(7, {{mouse, 3}}));
    const std::string path = fmt::format("/api/orders/{}", bought.id);
    const auto cancelled = shop.call(shop.request(Method::post, path + "/cancel", shop.token(7)));
    ASSERT_EQ(cancelled.status, 200) << cancelled.body;

    shop.until("its whole history", [&] {
        const std::string history = shop.get(path + "/events", shop.token(7)).body;
        return history.contains("payment.refunded") && history.contains("stock.released") &&
               history.contains("order_cancelled");
    });
    EXPECT_EQ(available(mouse), 50);
    EXPECT_THAT(mails_about(fmt::format("Order Cancelled - Order #{}", bought.id)), SizeIs(1));
    EXPECT_THAT(shop.ledger(), SizeIs(2)) << "a charge and its refund";
    expect_laws();
}

} // namespace
} // namespace tandem::monolith
