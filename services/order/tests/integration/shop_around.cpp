#include "services/order/tests/integration/shop_around.hpp"

#include "libs/json/json.hpp"
#include "libs/kernel/uuid.hpp"

namespace tandem::order {
namespace {

Task<std::string> document(std::string jwks) {
    co_return jwks;
}

struct OrderHead {
    std::int64_t id = 0;
    std::string status;
};
BOOST_DESCRIBE_STRUCT(OrderHead, (), (id, status))

} // namespace

OtherServices::OtherServices(boost::asio::io_context& loop)
    : awake_(loop.get_executor()),
      server_(loop.get_executor(), [this](http::Request request) { return answer(std::move(request)); }, {}) {
    server_.start();
}

http::Endpoint OtherServices::endpoint() const {
    return {"127.0.0.1", server_.port()};
}

void OtherServices::let_go() {
    products_silent = false;
    purchases_silent = false;
    awake_.notify();
}

Task<http::Response> OtherServices::answer(http::Request request) {
    const std::string path = request.path;
    received.push_back(std::move(request));
    if (path == "/products" && products_silent) {
        co_await awake_.wait_for(std::chrono::seconds(10));
    }
    if (path == "/products") {
        co_return products_down ? http::Response::text(503, "down") : http::Response::json(200, products);
    }
    if (path.ends_with("/purchases")) {
        if (purchases_silent) {
            co_await awake_.wait_for(std::chrono::seconds(10));
        }
        co_return http::Response::no_content();
    }
    co_return http::Response::json(200, cart);
}

ShopAround::ShopAround()
    : authenticator([jwks = auth::jwks_document({key.public_jwk()})] { return document(jwks); }, {}) {
    api.mount(router);
}

ShopAround::~ShopAround() {
    database.run(others.drain());
}

std::string ShopAround::token(std::int64_t user, auth::Role role) const {
    const Timestamp now = clock.now();
    return key.sign({.principal = {user, "user" + std::to_string(user) + "@example.com", role},
                     .issuer = "tandem",
                     .audience = "tandem-shop",
                     .issued_at = now,
                     .expires_at = now + std::chrono::hours(1),
                     .token_id = uuid_v7()});
}

http::Request
ShopAround::request(http::Method method, std::string path, std::string token, std::string body) const {
    http::Request request;
    request.method = method;
    const auto question = path.find('?');
    request.query = question == std::string::npos ? "" : path.substr(question + 1);
    request.path = path.substr(0, question);
    if (!token.empty()) {
        request.headers.set("Authorization", "Bearer " + token);
    }
    if (!body.empty()) {
        request.headers.set("Content-Type", "application/json");
    }
    request.body = std::move(body);
    request.deadline = Database::soon();
    return request;
}

http::Response ShopAround::call(http::Method method,
                                std::string path,
                                std::string token,
                                std::string body,
                                std::vector<http::Headers::Field> headers) {
    auto sent = request(method, std::move(path), std::move(token), std::move(body));
    for (auto& [name, value] : headers) {
        sent.headers.set(name, value);
    }
    return database.run(router.handle(std::move(sent)));
}

std::int64_t ShopAround::buy_mouse() {
    const auto response =
        call(http::Method::post, "/checkout", token(5), R"({"items":[{"product_id":2,"quantity":1}]})");
    return json::read<OrderHead>(response.body).value().id;
}

std::vector<messaging::Verdict> ShopAround::deliver(std::vector<messaging::Delivery> batch) {
    return database.run(api.handle(std::move(batch)));
}

messaging::Delivery ShopAround::delivery(std::string type, std::string body) {
    messaging::Delivery delivery;
    delivery.event_id = uuid_v7();
    delivery.event_type = std::move(type);
    delivery.body = std::move(body);
    return delivery;
}

std::string ShopAround::status(std::int64_t order) {
    const auto response = call(http::Method::get, "/orders/" + std::to_string(order) + "/status", token(5));
    return json::read<OrderHead>(response.body).value().status;
}

} // namespace tandem::order
