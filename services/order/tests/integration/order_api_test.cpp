#include "services/order/tests/integration/shop_around.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tandem::order {
namespace {

using auth::Role;
using http::Method;
using messaging::Verdict;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

std::string body(std::int64_t order, std::string_view more = "") {
    return R"({"order_id":)" + std::to_string(order) + std::string(more) + "}";
}

constexpr std::string_view payment =
    R"(,"payment_id":31,"amount":"49.99","transaction_id":"t-1","timestamp":"2026-11-23T12:00:00Z")";

/// Keeps what a stream writes; the reader goes away after `chunks_max` chunks.
class Chunks final : public http::ResponseStream {
public:
    explicit Chunks(std::size_t chunks_max = 100) : chunks_max_(chunks_max) {}
    Task<bool> write(std::string chunk) override {
        text += chunk;
        ++count;
        co_return count < chunks_max_;
    }
    std::string text;
    std::size_t count = 0;

private:
    std::size_t chunks_max_;
};

class OrderApiTest : public ::testing::Test {
protected:
    http::Response get(std::string path, std::int64_t user = 5, Role role = Role::customer) {
        return shop.call(Method::get, std::move(path), shop.token(user, role));
    }
    http::Response move(std::int64_t order, std::string status, Role role = Role::admin) {
        return shop.call(Method::patch,
                         "/orders/" + std::to_string(order) + "/status",
                         shop.token(1, role),
                         R"({"status":")" + status + R"("})");
    }
    void pay(std::int64_t order) {
        shop.deliver({ShopAround::delivery("stock.reserved", body(order)),
                      ShopAround::delivery("payment.processed", body(order, payment))});
    }

    /// Opens the stream of order 1 and waits for the event that there is.
    void follow() {
        shop.orders.on_commit([this](const std::vector<OrderId>& changed) { shop.watch.notify(changed); });
        followed = get("/orders/1/stream");
        boost::asio::co_spawn(shop.database.loop, followed.stream(chunks), [this](std::exception_ptr error) {
            EXPECT_FALSE(error);
            ended = true;
        });
        shop.database.run_until([this] { return chunks.count == 2; });
    }

    Chunks chunks; ///< of the followed stream, which the loop of `shop` may still hold at its end
    bool ended = false;
    ShopAround shop;
    http::Response followed;
};

TEST_F(OrderApiTest, FollowsABatchOfMessagesToPaid) {
    const auto order = shop.buy_mouse();
    pay(order);

    const auto shown = get("/orders/1");
    EXPECT_THAT(shown.body, HasSubstr(R"("status":"paid")"));
    EXPECT_THAT(shown.body,
                HasSubstr(R"("payment":{"id":31,"amount":"49.99","status":"processed",)"
                          R"("payment_method":"credit_card","transaction_id":"t-1",)"
                          R"("created_at":"2026-11-23T12:00:00.000000Z"})"));
    EXPECT_THAT(get("/orders/1/events").body, HasSubstr(R"({"version":3,"type":"order.paid",)"));
    EXPECT_THAT(get("/notifications").body, HasSubstr(R"("type":"order.paid")"));
}

TEST_F(OrderApiTest, JudgesEachMessageOfABatchOnItsOwn) {
    const auto order = shop.buy_mouse();
    const auto verdicts = shop.deliver({ShopAround::delivery("stock.reserved", "not JSON"),
                                        ShopAround::delivery("stock.reserved", body(999)),
                                        ShopAround::delivery("stock.invented", "{}"),
                                        ShopAround::delivery("stock.reserved", body(order))});
    EXPECT_THAT(verdicts, ElementsAre(Verdict::dead, Verdict::retry, Verdict::done, Verdict::done));
    EXPECT_EQ(shop.status(order), "processing");
}

TEST_F(OrderApiTest, HidesSomebodyElsesOrders) {
    shop.buy_mouse();
    for (const char* path : {"/orders/1", "/orders/1/status", "/orders/1/events", "/orders/1/stream"}) {
        EXPECT_EQ(get(path, 6).status, 404) << path;
        EXPECT_EQ(get(path, 5).status, 200) << path;
        EXPECT_EQ(get(path, 1, Role::admin).status, 200) << path;
    }
    EXPECT_EQ(get("/orders/user/5", 6).status, 403);
    EXPECT_EQ(get("/orders/user/5", 9, Role::service).status, 200);
    EXPECT_EQ(shop.call(Method::post, "/orders/1/cancel", shop.token(6)).status, 404);
    EXPECT_EQ(get("/orders/999").status, 404);
    EXPECT_EQ(get("/orders/abc").status, 404);
}

TEST_F(OrderApiTest, ListsOrdersInPages) {
    for (int i = 0; i < 3; ++i) {
        shop.buy_mouse();
    }
    EXPECT_THAT(get("/orders/user/5?skip=1&limit=1").body, HasSubstr(R"([{"id":2,)"));
    EXPECT_THAT(get("/orders").body, HasSubstr(R"("item_count":1)"));
    EXPECT_EQ(get("/orders/my-orders?limit=0").status, 422);
    EXPECT_EQ(get("/orders", 6).body, "[]");
}

TEST_F(OrderApiTest, CancelsUntilItIsShipped) {
    const auto order = shop.buy_mouse();
    pay(order);
    const auto cancel = [&](std::int64_t id) {
        return shop.call(Method::post, "/orders/" + std::to_string(id) + "/cancel", shop.token(5));
    };
    EXPECT_THAT(cancel(order).body, HasSubstr(R"("status":"cancelled","reason":"cancelled_by_customer")"));
    EXPECT_EQ(cancel(order).status, 200);

    const auto shipped = shop.buy_mouse();
    pay(shipped);
    EXPECT_EQ(move(shipped, "shipped").status, 200);
    EXPECT_EQ(cancel(shipped).status, 409);
}

TEST_F(OrderApiTest, IsMovedByAdminsAlongTheRulesOnly) {
    const auto order = shop.buy_mouse();
    EXPECT_EQ(move(order, "shipped", Role::customer).status, 403);
    EXPECT_EQ(move(order, "shipped").status, 409);
    pay(order);
    EXPECT_EQ(move(order, "flying").status, 422);
    EXPECT_EQ(move(order, "shipped").status, 200);
    EXPECT_EQ(move(order, "shipped").status, 409);
    EXPECT_EQ(move(order, "pending").status, 409);
    EXPECT_EQ(move(order, "delivered").status, 200);
    EXPECT_EQ(move(order, "cancelled").status, 409);
}

TEST_F(OrderApiTest, KeepsNotificationsUntilTheyAreRead) {
    shop.buy_mouse();
    const auto marked = shop.call(Method::patch, "/notifications/1", shop.token(5), R"({"read":true})");
    EXPECT_THAT(marked.body, HasSubstr(R"("read":true)"));
    EXPECT_EQ(shop.call(Method::patch, "/notifications/1", shop.token(6), R"({"read":true})").status, 404);
    EXPECT_EQ(shop.call(Method::patch, "/notifications/1", shop.token(5), R"({"read":1})").status, 422);
}

TEST_F(OrderApiTest, StreamsAFinishedOrderAndEnds) {
    pay(shop.buy_mouse());
    auto response = get("/orders/1/stream");
    Chunks chunks;
    shop.database.run(response.stream(chunks));

    EXPECT_EQ(response.headers.get("Content-Type").substr(0, 17), "text/event-stream");
    EXPECT_THAT(chunks.text, HasSubstr("id: 1\nevent: order.created\n"));
    EXPECT_THAT(chunks.text, HasSubstr("id: 3\nevent: order.paid\ndata: {\"id\":1,\"status\":\"paid\""));
    response.stream = nullptr; // gives its place back

    const auto rest = shop.call(Method::get, "/orders/1/stream", shop.token(5), "", {{"Last-Event-ID", "2"}});
    Chunks last;
    shop.database.run(rest.stream(last));
    EXPECT_THAT(last.text, Not(HasSubstr("id: 2\n")));
    EXPECT_THAT(last.text, HasSubstr("id: 3\n"));
}

TEST_F(OrderApiTest, StreamsWhatHappensWhileItIsOpen) {
    const auto order = shop.buy_mouse();
    follow();
    EXPECT_THAT(chunks.text, HasSubstr("id: 1\n"));
    EXPECT_FALSE(ended);

    pay(order);
    shop.database.run_until([&] { return ended; });
    EXPECT_THAT(chunks.text, HasSubstr("event: order.paid\n"));
}

TEST_F(OrderApiTest, EndsAtOnceForWhoHasTheLastEventOfAFinishedOrder) {
    pay(shop.buy_mouse());
    const auto response =
        shop.call(Method::get, "/orders/1/stream", shop.token(5), "", {{"Last-Event-ID", "3"}});
    Chunks chunks;
    shop.database.run(response.stream(chunks));

    EXPECT_EQ(response.status, 200);
    EXPECT_THAT(chunks.text, Not(HasSubstr("data:")));
    EXPECT_THAT(chunks.text, EndsWith("retry: 60000\n\n"));
}

TEST_F(OrderApiTest, KeepsAStreamAliveWhileTheDatabaseIsAway) {
    const auto order = shop.buy_mouse();
    follow();
    testing::PostgresServer::shared().kill();
    shop.watch.notify({OrderId(order)});
    shop.database.run_until([&] { return chunks.count == 4; });
    EXPECT_THAT(chunks.text, EndsWith(": nothing new\n\n: nothing new\n\n"));

    testing::PostgresServer::shared().start();
    shop.database.run(shop.database.pool.wait_ready(Database::soon()));
    pay(order);
    shop.database.run_until([&] { return ended; });
    EXPECT_THAT(chunks.text, HasSubstr("event: order.paid\n"));
}

TEST_F(OrderApiTest, EndsTheStreamOfAReaderWhoLeftWhileTheDatabaseIsAway) {
    shop.buy_mouse();
    const auto response = get("/orders/1/stream");
    Chunks chunks(3);
    testing::PostgresServer::shared().kill();
    shop.database.run(response.stream(chunks));
    EXPECT_THAT(chunks.text, EndsWith(": nothing new\n\n: nothing new\n\n"));
    testing::PostgresServer::shared().start();
}

TEST_F(OrderApiTest, LimitsTheNumberOfStreams) {
    shop.buy_mouse();
    std::vector<http::Response> open;
    for (int admin = 101; admin <= 110; ++admin) {
        EXPECT_EQ(get("/orders/1/stream", 101, Role::admin).status, admin == 101 ? 200 : 429);
        open.push_back(get("/orders/1/stream", admin, Role::admin));
    }
    EXPECT_EQ(get("/orders/1/stream").status, 503);
}

TEST_F(OrderApiTest, SendsAHeartbeatWhenNothingHappens) {
    shop.buy_mouse();
    Door door(shop.authenticator);
    OrderDesk desk(shop.orders);
    OrderStream stream(shop.orders, desk, door, shop.watch, std::chrono::milliseconds(10));
    http::Router router;
    stream.mount(router);
    auto request = shop.request(Method::get, "/orders/1/stream", shop.token(5), "");
    const auto response = shop.database.run(router.handle(std::move(request)));
    Chunks chunks(4);
    shop.database.run(response.stream(chunks));
    EXPECT_THAT(chunks.text, HasSubstr(": nothing new\n\n: nothing new\n\n"));
}

} // namespace
} // namespace tandem::order
