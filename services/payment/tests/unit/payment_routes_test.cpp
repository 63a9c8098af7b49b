#include "libs/testing/run.hpp"
#include "services/payment/api/payment_routes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tandem::payment {
namespace {

using ::testing::HasSubstr;

class OnePayment final : public Payments {
public:
    OnePayment() {
        Purchase purchase{OrderId(7), UserId(42), "a@example.com", Money::from_cents(1250), "paypal", {}};
        Payment payment = Payment::request(std::move(purchase), Timestamp(std::chrono::seconds(1)));
        payment.charged("ch_1", Timestamp(std::chrono::seconds(2)));
        state_ = payment.state();
    }
    Task<std::set<std::string>> take(std::vector<OrderNotice>, Timestamp) override {
        co_return std::set<std::string>();
    }
    Task<std::vector<Payment>> claim(Claim) override { co_return std::vector<Payment>(); }
    Task<bool> save(Payment, Timestamp) override { co_return true; }
    Task<std::optional<Payment>> find(OrderId order) override {
        co_return order == OrderId(7) ? std::optional(Payment(state_)) : std::nullopt;
    }

private:
    Payment::State state_;
};

class PaymentRoutesTest : public ::testing::Test {
protected:
    PaymentRoutesTest() { routes.mount(router); }

    auth::Authenticator::FetchJwks keys() {
        return [document = auth::jwks_document({key.public_jwk()})] { return give(document); };
    }
    static Task<std::string> give(std::string document) { co_return document; }

    http::Response
    get(const std::string& path, std::int64_t user_id, auth::Role role = auth::Role::customer) {
        const Timestamp now = SystemClock().now();
        auth::SigningKey::Claims claims{
            {user_id, "a@example.com", role}, "tandem", "tandem-shop", now, {}, "t"};
        claims.expires_at = now + std::chrono::minutes(1);
        http::Request request;
        request.path = path;
        request.headers.add("Authorization", "Bearer " + key.sign(claims));
        return testing::run(router.handle(std::move(request)));
    }

    auth::SigningKey key = auth::SigningKey::generate();
    auth::Authenticator authenticator{keys(), {}};
    OnePayment payments;
    PaymentRoutes routes{payments, authenticator};
    http::Router router;
};

TEST_F(PaymentRoutesTest, ShowsThePaymentToItsOwnerAndToAdmins) {
    const auto answer = get("/payments/7", 42);
    EXPECT_EQ(answer.status, 200);
    EXPECT_THAT(answer.body,
                HasSubstr(R"("order_id":7,"amount":"12.50","status":"processed","payment_method":"paypal",)"
                          R"("transaction_id":"ch_1")"));
    EXPECT_EQ(get("/payments/7", 1, auth::Role::admin).status, 200);
}

TEST_F(PaymentRoutesTest, HidesItFromEverybodyElse) {
    EXPECT_EQ(get("/payments/7", 43).status, 404);
    EXPECT_EQ(get("/payments/8", 42).status, 404);
    EXPECT_EQ(get("/payments/x", 42).status, 404);
    http::Request anonymous;
    anonymous.path = "/payments/7";
    EXPECT_EQ(testing::run(router.handle(std::move(anonymous))).status, 401);
}

} // namespace
} // namespace tandem::payment
