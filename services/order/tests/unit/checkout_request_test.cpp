#include "services/order/api/checkout_request.hpp"
#include "services/order/tests/unit/fakes.hpp"

#include <gtest/gtest.h>

namespace tandem::order {
namespace {

using fakes::customer;

ErrorKind refusal(std::string_view body) {
    const auto read = read_checkout(body, customer());
    return read ? ErrorKind::unavailable : read.error().kind();
}

std::string canonical(std::string_view body) {
    return read_checkout(body, customer()).value().canonical;
}

TEST(CheckoutRequestTest, NeedsNoBodyAtAll) {
    const auto read = read_checkout("", customer());
    ASSERT_TRUE(read.has_value());
    EXPECT_FALSE(read->request.items.has_value());
    EXPECT_EQ(read->request.payment_method, PaymentMethod::credit_card);
    EXPECT_EQ(read->request.shipping_address, std::nullopt);
}

TEST(CheckoutRequestTest, TakesItemsWithOrWithoutThePriceSeen) {
    const auto read = read_checkout(
        R"({"items":[{"product_id":2,"quantity":3,"price":"49.99"},{"product_id":1,"quantity":1}],"more":1})",
        customer());
    ASSERT_TRUE(read.has_value());
    ASSERT_EQ(read->request.items->size(), 2u);
    EXPECT_EQ(read->request.items->at(0).price, Money::from_cents(4'999));
    EXPECT_EQ(read->request.items->at(1).price, std::nullopt);
}

TEST(CheckoutRequestTest, KeepsTheAddressAsItCame) {
    const auto text = read_checkout(R"({"shipping_address":"1 Main \u00dfStreet"})", customer());
    EXPECT_EQ(text->request.shipping_address, R"("1 Main \u00dfStreet")");
    const auto object = read_checkout(R"({"shipping_address":{"city" : "Graz"}})", customer());
    EXPECT_EQ(object->request.shipping_address, R"({"city" : "Graz"})");
    EXPECT_EQ(read_checkout(R"({"shipping_address":null})", customer())->request.shipping_address,
              std::nullopt);
}

TEST(CheckoutRequestTest, RefusesAnAddressThatIsTooLongOrNoAddress) {
    const std::string quoted(1'000, 'a');
    EXPECT_EQ(refusal(R"({"shipping_address":")" + quoted + R"("})"), ErrorKind::unavailable);
    EXPECT_EQ(refusal(R"({"shipping_address":")" + quoted + R"(a"})"), ErrorKind::invalid);
    EXPECT_EQ(refusal(R"({"shipping_address":{"street":")" + std::string(4'096, 'a') + R"("}})"),
              ErrorKind::invalid);
    EXPECT_EQ(refusal(R"({"shipping_address":17})"), ErrorKind::invalid);
    EXPECT_EQ(refusal(R"({"shipping_address":["a"]})"), ErrorKind::invalid);
}

TEST(CheckoutRequestTest, SaysWhatIsWrongWithAnAddress) {
    const auto sentence = [](std::string_view body) {
        return read_checkout(body, customer()).error().message();
    };
    EXPECT_EQ(sentence(R"({"shipping_address":"a\u0000b"})"),
              "The field 'shipping_address' must not contain the character U+0000.");
    EXPECT_EQ(sentence(R"({"shipping_address":")" + std::string(1'001, 'a') + R"("})"),
              "The field 'shipping_address' must not be longer than 1000 characters.");
    EXPECT_EQ(sentence(R"({"shipping_address":17})"),
              "The field 'shipping_address' must be a string or an object.");
}

TEST(CheckoutRequestTest, AnAddressThatIsNotJsonMakesTheBodyMalformed) {
    for (const std::string_view body : {R"({"shipping_address":"a)",
                                        R"({"shipping_address":"\ud800"})",
                                        R"({"shipping_address":"\x"})",
                                        R"({"shipping_address":{"city":}})",
                                        R"({"shipping_address":nowhere})"}) {
        EXPECT_EQ(refusal(body), ErrorKind::bad_request) << body;
    }
}

TEST(CheckoutRequestTest, CountsCharactersOfAnAddressNotBytes) {
    std::string umlauts;
    for (int i = 0; i < 1'000; ++i) {
        umlauts += "\u00e4";
    }
    EXPECT_EQ(refusal(R"({"shipping_address":")" + umlauts + R"("})"), ErrorKind::unavailable);
}

TEST(CheckoutRequestTest, RefusesAnUnknownPaymentMethod) {
    EXPECT_EQ(refusal(R"({"payment_method":"gold"})"), ErrorKind::invalid);
    EXPECT_EQ(refusal(R"({"payment_method":""})"), ErrorKind::invalid);
}

TEST(CheckoutRequestTest, RefusesToOrderInSomebodyElsesName) {
    EXPECT_EQ(refusal(R"({"user_id":6})"), ErrorKind::forbidden);
    EXPECT_EQ(refusal(R"({"user_email":"someone@example.com"})"), ErrorKind::forbidden);
    EXPECT_EQ(refusal(R"({"user_id":5,"user_email":"PainTest@example.com"})"), ErrorKind::unavailable);
}

TEST(CheckoutRequestTest, RefusesItemsThatAreNoItems) {
    EXPECT_EQ(refusal(R"({"items":"all"})"), ErrorKind::invalid);
    EXPECT_EQ(refusal(R"({"items":[{"product_id":1}]})"), ErrorKind::invalid);
    EXPECT_EQ(refusal(R"({"items":[{"product_id":1,"quantity":0.5}]})"), ErrorKind::invalid);
    EXPECT_EQ(refusal(R"({"items":[{"product_id":1,"quantity":"1"}]})"), ErrorKind::invalid);
    EXPECT_EQ(refusal(R"({"items":[{"product_id":1,"quantity":1,"price":"free"}]})"), ErrorKind::invalid);
    EXPECT_EQ(refusal("{"), ErrorKind::bad_request);
}

TEST(CheckoutRequestTest, IsTheSameRequestHoweverItIsSpelled) {
    const std::string body = canonical(R"({"items":[{"product_id":2,"quantity":1}]})");
    EXPECT_EQ(canonical(R"( {"payment_method":"credit_card","user_id":5,
                            "items":[ {"quantity":1,"product_id":2} ]} )"),
              body);
    EXPECT_NE(canonical(R"({"items":[{"product_id":2,"quantity":2}]})"), body);
    EXPECT_NE(canonical(R"({"items":[{"product_id":2,"quantity":1}],"payment_method":"paypal"})"), body);
    EXPECT_NE(canonical(""), body);
}

TEST(CheckoutRequestTest, TakesKeysOfVisibleCharacters) {
    EXPECT_TRUE(read_idempotency_key("0192f0c4-0000-7000-8000-00000000000a").has_value());
    EXPECT_TRUE(read_idempotency_key(std::string(255, 'k')).has_value());
    for (const std::string& key :
         {std::string(), std::string(256, 'k'), std::string("a b"), std::string("\xc3\xa4")}) {
        const auto read = read_idempotency_key(key);
        ASSERT_FALSE(read.has_value()) << key;
        EXPECT_EQ(read.error().fields().at(0).field, "Idempotency-Key");
    }
}

} // namespace
} // namespace tandem::order
