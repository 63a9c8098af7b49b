#include "monolith/tests/integration/monolith_test.hpp"

namespace tandem::monolith {
namespace {

/// How long customers wait, and how long the shop lets them.
using PatienceTest = MonolithTest;

TEST_F(PatienceTest, SendsAwayWhoeverWaitsTooLongAndKeepsNothingOfIt) {
    shop.open({{"PROVIDER_TIMEOUT_MS", "20000"}, {"REQUEST_TIMEOUT_MS", "5000"}});
    const auto mouse = add_product("49.99", 50);
    provider_takes(1'500);
    const auto calls = begin_checkouts(8, {mouse}); // one after the other they would need twelve seconds
    until_all_ended(calls);
    provider_takes(0);

    EXPECT_GE(count(calls, 200), 1);
    EXPECT_GE(count(calls, 504), 1);
    EXPECT_EQ(count(calls, 200) + count(calls, 504), 8);
    EXPECT_EQ(orders(), count(calls, 200));
    EXPECT_EQ(std::ssize(shop.ledger()), count(calls, 200)) << "who was sent away was not charged";
    expect_laws(calls);
}

TEST_F(PatienceTest, FinishesTheCheckoutOfACustomerWhoHangsUp) {
    shop.open({{"PROVIDER_TIMEOUT_MS", "20000"}});
    const auto mouse = add_product("49.99", 50);
    provider_takes(4'000);
    auto impatient = checkout(7, {{mouse}}, "key-1");
    impatient.deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(2'500);
    const auto call = shop.begin(std::move(impatient));
    until_all_ended({call});
    EXPECT_TRUE(call->broken);

    http::Response again;
    shop.until("its end", [&] {
        again = check_out(7, {{mouse}}, "key-1");
        return again.status != 409;
    });
    EXPECT_EQ(again.status, 200);
    EXPECT_EQ(again.headers.get("Idempotency-Replayed"), "true") << "it was bought already";
    EXPECT_EQ(orders(), 1);
    expect_laws();
}

TEST_F(PatienceTest, AnswersTheOneTooManyAtOnceAndEverythingElseAsEver) {
    shop.open({{"PROVIDER_TIMEOUT_MS", "20000"}, {"CHECKOUTS_MAX", "2"}, {"CHECKOUTS_WAITING_MAX", "3"}});
    const auto mouse = add_product("49.99", 50);
    provider_takes(4'000);
    const auto calls = begin_checkouts(9, {mouse});
    shop.until("those that are too many",
               [&] { return std::ranges::count_if(calls, &Call::ended, &CallPointer::operator*) == 4; });

    EXPECT_EQ(count(calls, 503), 4) << "nobody else has an answer yet";
    for (const CallPointer& call : calls) {
        if (call->status() == 503) {
            EXPECT_TRUE(call->answer->headers.has("Retry-After"));
        }
    }
    EXPECT_EQ(shop.get("/api/products").status, 200);
    put_into_cart(30, {mouse, 1});
    EXPECT_EQ(count(calls, 503), 4) << "who looks around does not wait for those who pay";
    provider_takes(0);
    until_all_ended(calls);
    EXPECT_EQ(count(calls, 200), 5);
    expect_laws(calls);
}

} // namespace
} // namespace tandem::monolith
