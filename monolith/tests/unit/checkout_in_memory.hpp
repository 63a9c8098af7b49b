#pragma once

#include "libs/testing/run.hpp"
#include "monolith/core/synchronous_checkout.hpp"
#include "monolith/tests/unit/shop_in_memory.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tandem::monolith {
namespace fakes {

class IntentsInMemory final : public PaymentIntents {
public:
    explicit IntentsInMemory(ShopInMemory& shop) : shop_(shop) {}
    Task<payment::PaymentId> begin(payment::Purchase purchase) override {
        shop_.step("intent");
        const payment::PaymentId id(31);
        shop_.intents.emplace(id, std::move(purchase));
        co_return id;
    }
    Task<> forget(payment::PaymentId payment) override {
        shop_.step("forget intent");
        shop_.intents.erase(payment);
        co_return;
    }

private:
    ShopInMemory& shop_;
};

class OneAnswerProvider final : public payment::Provider {
public:
    explicit OneAnswerProvider(ShopInMemory& shop) : shop_(shop) {}
    Task<payment::ProviderAnswer> charge(payment::Purchase purchase) override {
        shop_.step("charge");
        charges.push_back(std::move(purchase));
        co_return answer;
    }
    Task<payment::ProviderAnswer> find_charge(payment::Purchase) override { co_return answer; }
    Task<payment::ProviderAnswer> refund(payment::Purchase, std::string) override { co_return answer; }

    payment::ProviderAnswer answer{payment::ProviderAnswer::Kind::charged, "ch_1"};
    std::vector<payment::Purchase> charges;

private:
    ShopInMemory& shop_;
};

class PostmanInMemory final : public Postman {
public:
    explicit PostmanInMemory(ShopInMemory& shop) : shop_(shop) {}
    Task<std::optional<email::MailReceipt>> send(email::Mail mail) override {
        shop_.step("mail");
        mails.push_back(std::move(mail));
        co_return receipt;
    }

    std::optional<email::MailReceipt> receipt{{.accepted = true, .refusal = ""}};
    std::vector<email::Mail> mails;

private:
    ShopInMemory& shop_;
};

} // namespace fakes

using Bought = Result<std::optional<order::StoredOrder>>;

/// Noon for ever.
class Noon final : public Clock {
public:
    Timestamp now() const override { return order::samples::noon; }
};

/// A customer before the shop in memory, with two mice in the cart: 99.98.
class SynchronousCheckoutTest : public ::testing::Test {
protected:
    SynchronousCheckoutTest() { shop.carts[caller.user] = {{order::ProductId(2), 2, std::nullopt}}; }

    Bought buy(order::CheckoutRequest request, std::string key = "") {
        const auto prepared = testing::run(checkout.prepare(std::move(request), caller));
        return testing::run((*prepared)->store(std::move(key), caller));
    }
    Bought buy_cart(std::string key = "") { return buy({}, std::move(key)); }
    Bought buy_items(std::vector<order::RequestedLine> items) { return buy({.items = std::move(items)}); }

    /// Neither order nor stock nor cart nor key has changed.
    void expect_nothing_kept() const {
        EXPECT_TRUE(shop.orders.empty());
        EXPECT_TRUE(shop.captured.empty());
        EXPECT_TRUE(shop.keys.empty());
        EXPECT_EQ(shop.carts.at(caller.user).size(), 1U);
        EXPECT_EQ(shop.shelves.at(product::ProductId(1)).stock, product::Stock::of(10));
        EXPECT_EQ(shop.shelves.at(product::ProductId(2)).stock, product::Stock::of(50));
    }
    void expect_refused(const Bought& outcome, ErrorKind kind) {
        ASSERT_FALSE(outcome.has_value());
        EXPECT_EQ(outcome.error().kind(), kind) << outcome.error().message();
        EXPECT_EQ(shop.steps.back(), "roll back");
        EXPECT_TRUE(shop.intents.empty()) << "no money was to move";
        expect_nothing_kept();
    }

    order::Caller caller = order::fakes::customer(5);
    const Noon clock;
    fakes::ShopInMemory shop;
    fakes::BookInMemory book{shop};
    fakes::IntentsInMemory intents{shop};
    fakes::OneAnswerProvider provider{shop};
    fakes::PostmanInMemory postman{shop};
    SynchronousCheckout checkout{{book, intents, provider, postman, clock}, "tandem.example.com"};
};

} // namespace tandem::monolith
