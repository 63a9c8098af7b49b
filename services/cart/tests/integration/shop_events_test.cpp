#include "libs/kernel/uuid.hpp"
#include "services/cart/api/shop_events.hpp"
#include "services/cart/infrastructure/postgres_event_book.hpp"
#include "services/cart/tests/integration/cart_database.hpp"

#include <fmt/format.h>

namespace tandem::cart::tests {
namespace {

using messaging::Delivery;
using messaging::Verdict;

const UserId ann{7};

Delivery delivery(std::string type, std::string body) {
    Delivery result;
    result.event_id = uuid_v7();
    result.event_type = std::move(type);
    result.body = std::move(body);
    return result;
}

Delivery order_created(std::int64_t order, std::int64_t product, int quantity) {
    return delivery(
        "order.created",
        fmt::format(R"({{"event_id":"x","order_id":{},"user_id":7,"user_email":"ann@example.com",)"
                    R"("items":[{{"product_id":{},"product_name":"Mouse","quantity":{},"price":"1.00"}}],)"
                    R"("total_amount":"1.00","payment_method":"paypal","shipping_address":null}})",
                    order,
                    product,
                    quantity));
}

Delivery product_changed(std::int64_t product, std::string_view price, int second, bool deleted = false) {
    return delivery(
        "product.changed",
        fmt::format(R"({{"timestamp":"2026-01-01T00:00:{:02}.000000Z","product_id":{},"name":"Mouse",)"
                    R"("price":"{}","image_url":null,"available_stock":3,"deleted":{}}})",
                    second,
                    product,
                    price,
                    deleted));
}

class ShopEventsTest : public CartDatabaseTest {
protected:
    std::vector<Verdict> handle(std::vector<Delivery> batch) {
        return testing::run(context, consumer.handle(std::move(batch)));
    }

    PostgresEventBook book{*pool};
    ShopEventsConsumer consumer{book};
};

TEST_F(ShopEventsTest, AnOrderTakesItsPiecesOutOnceHoweverOftenItIsTold) {
    learn(news(1, 100));
    add(ann, 1, 10);
    const Delivery created = order_created(70, 1, 3);
    Delivery paid = order_created(70, 1, 3);
    paid.event_type = "order.paid";
    EXPECT_EQ(handle({created, paid, created}), std::vector<Verdict>(3, Verdict::done));
    handle({created});
    handle({paid});
    EXPECT_EQ(find(ann).items().front().quantity, 7);
}

TEST_F(ShopEventsTest, TheOrderServicesCallAndTheEventAreTheSameThing) {
    learn(news(1, 100));
    add(ann, 1, 10);
    take_out(70, ann, {{ProductId(1), 3}});
    handle({order_created(70, 1, 3)});
    EXPECT_EQ(find(ann).items().front().quantity, 7);

    handle({order_created(71, 1, 2)});
    take_out(71, ann, {{ProductId(1), 2}});
    EXPECT_EQ(find(ann).items().front().quantity, 5);
}

TEST_F(ShopEventsTest, WhatIsPutInAfterAPurchaseStays) {
    learn(news(1, 100));
    add(ann, 1, 3);
    take_out(70, ann, {{ProductId(1), 3}});
    add(ann, 1, 1);
    handle({order_created(70, 1, 3)});
    EXPECT_EQ(find(ann).items().front().quantity, 1);
}

TEST_F(ShopEventsTest, TheNewestNewsOfAProductCountsInWhateverOrderTheyCome) {
    handle({product_changed(1, "1.00", 1), product_changed(1, "3.00", 30), product_changed(1, "2.00", 20)});
    add(ann, 1, 1);
    EXPECT_EQ(find(ann).total().to_string(), "3.00");
    handle({product_changed(1, "2.50", 25)});
    EXPECT_EQ(find(ann).total().to_string(), "3.00");
    handle({product_changed(1, "4.00", 40)});
    EXPECT_EQ(find(ann).total().to_string(), "4.00");
}

TEST_F(ShopEventsTest, ADeletedProductStaysInCartsAndIsNotTakenAnyMore) {
    handle({product_changed(1, "1.00", 1)});
    add(ann, 1, 1);
    handle({product_changed(1, "1.00", 2, true)});
    EXPECT_EQ(find(ann).items().size(), 1U);
    EXPECT_EQ(add(ann, 1, 1).outcome, CartRepository::Addition::Outcome::unknown_product);
}

TEST_F(ShopEventsTest, WhatCannotBeReadIsDeadAndTheRestIsDone) {
    learn(news(1, 100));
    add(ann, 1, 10);
    Delivery without_id = order_created(72, 1, 1);
    without_id.event_id = "nonsense";
    const auto verdicts = handle({delivery("order.created", "{"),
                                  delivery("order.created", R"({"order_id":70})"),
                                  order_created(70, 1, 0),
                                  without_id,
                                  delivery("order.shipped", "whatever"),
                                  order_created(71, 1, 4)});
    EXPECT_EQ(verdicts,
              (std::vector<Verdict>{
                  Verdict::dead, Verdict::dead, Verdict::dead, Verdict::dead, Verdict::done, Verdict::done}));
    EXPECT_EQ(find(ann).items().front().quantity, 6);
}

} // namespace
} // namespace tandem::cart::tests
