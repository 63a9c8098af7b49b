#pragma once

#include "libs/async/event.hpp"
#include "libs/auth/token.hpp"
#include "libs/http/client.hpp"
#include "libs/http/server.hpp"
#include "services/order/core/asynchronous_checkout.hpp"
#include "services/order/infrastructure/http_carts.hpp"
#include "services/order/infrastructure/http_price_list.hpp"
#include "services/order/infrastructure/postgres_idempotency_keys.hpp"
#include "services/order/infrastructure/postgres_notifications.hpp"
#include "services/order/infrastructure/postgres_orders.hpp"
#include "services/order/order_api.hpp"
#include "services/order/tests/integration/database.hpp"
#include "services/order/tests/unit/fakes.hpp"

#include <optional>
#include <string>
#include <vector>

namespace tandem::order {

/// Cart and product service on one port, as far as the order service asks them.
class OtherServices {
public:
    explicit OtherServices(boost::asio::io_context& loop);

    http::Endpoint endpoint() const;
    Task<> drain() { return server_.drain(Database::soon()); }

    std::string cart = R"({"items":[]})";
    std::string products =
        R"([{"id":1,"name":"Gaming Laptop","price":"1299.99","stock":10},{"id":2,"name":"Wireless Mouse","price":"49.99","stock":50}])";
    bool products_down = false;
    bool products_silent = false;  ///< until `let_go`
    bool purchases_silent = false; ///< until `let_go`
    void let_go();
    std::vector<http::Request> received;

private:
    Task<http::Response> answer(http::Request request);

    async::Event awake_;
    http::Server server_;
};

/// The order service's inside with a real database, between other services that are made up.
class ShopAround {
public:
    ShopAround();
    ~ShopAround();

    std::string token(std::int64_t user, auth::Role role = auth::Role::customer) const;
    http::Response call(http::Method method,
                        std::string path,
                        std::string token,
                        std::string body = "",
                        std::vector<http::Headers::Field> headers = {});
    http::Request request(http::Method method, std::string path, std::string token, std::string body) const;
    /// Checks out one mouse as user 5 and gives the order's id.
    std::int64_t buy_mouse();
    /// As if these events had come from the broker.
    std::vector<messaging::Verdict> deliver(std::vector<messaging::Delivery> batch);
    static messaging::Delivery delivery(std::string type, std::string body);
    std::string status(std::int64_t order);

    Database database;
    OtherServices others{database.loop};
    http::Client client{database.loop.get_executor(), {}};
    const auth::SigningKey key = auth::SigningKey::generate();
    auth::Authenticator authenticator;
    SystemClock clock;
    PostgresOrders orders{database.pool, clock};
    PostgresIdempotencyKeys keys{database.pool, std::chrono::seconds(10)};
    PostgresNotifications notifications{database.pool};
    HttpCarts carts{client, others.endpoint()};
    HttpPriceList prices{client, others.endpoint()};
    Saga saga{orders, clock, std::chrono::minutes(15)};
    OrderWatch watch{database.loop.get_executor(), 10};
    Checkout checkout{orders, carts, prices};
    AsynchronousCheckout flow{checkout};
    fakes::DeadLettersInMemory dead_letters;
    OrderApi api{{orders, keys, notifications, flow, dead_letters}, saga, watch, authenticator};
    http::Router router;
};

/// A second instance of the service, on the same database and between the same other services.
struct AnotherInstance {
    explicit AnotherInstance(ShopAround& around) : shop(around) { api.mount(router); }

    ShopAround& shop;
    PostgresOrders orders{shop.database.pool, shop.clock};
    PostgresIdempotencyKeys keys{shop.database.pool, std::chrono::seconds(10)};
    Saga saga{orders, shop.clock, std::chrono::minutes(15)};
    OrderWatch watch{shop.database.loop.get_executor(), 10};
    Checkout checkout{orders, shop.carts, shop.prices};
    AsynchronousCheckout flow{checkout};
    OrderApi api{
        {orders, keys, shop.notifications, flow, shop.dead_letters}, saga, watch, shop.authenticator};
    http::Router router;
};

} // namespace tandem::order
