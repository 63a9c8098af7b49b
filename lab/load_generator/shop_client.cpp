#include "lab/load_generator/shop_client.hpp"

#include "libs/json/json.hpp"
#include "libs/kernel/uuid.hpp"

#include <fmt/format.h>

namespace tandem::lab {
namespace {

constexpr std::size_t customers_at_once_max = 4'096;

struct Tokens {
    std::string access_token;
};
BOOST_DESCRIBE_STRUCT(Tokens, (), (access_token))

struct Numbered {
    std::int64_t id = 0;
};
BOOST_DESCRIBE_STRUCT(Numbered, (), (id))

struct State {
    std::string status;
};
BOOST_DESCRIBE_STRUCT(State, (), (status))

struct Order {
    std::int64_t id = 0;
    std::string status;
    std::int64_t user_id = 0;
    Money total_amount;
};
BOOST_DESCRIBE_STRUCT(Order, (), (id, status, user_id, total_amount))

struct Event {
    std::string type;
    Timestamp created_at;
};
BOOST_DESCRIBE_STRUCT(Event, (), (type, created_at))

template <class Dto>
Dto expect(const http::Response& response, int status, std::string_view what) {
    auto dto = json::read<Dto>(response.body);
    if (response.status != status || !dto) {
        throw std::runtime_error(fmt::format("{} answered {}: {}", what, response.status, response.body));
    }
    return *std::move(dto);
}

/// The status in the last complete event of a stream so far.
std::string last_state(const std::string& stream) {
    const auto at = stream.rfind("data: ");
    const auto end = at == std::string::npos ? at : stream.find('\n', at);
    if (end == std::string::npos) {
        return {};
    }
    const auto state = json::read<State>(std::string_view(stream).substr(at + 6, end - at - 6));
    return state ? state->status : std::string();
}

http::ClientOptions options_for(std::chrono::seconds patience) {
    return {.connections_per_endpoint_max = customers_at_once_max,
            .waiting_max = customers_at_once_max,
            .request_timeout = patience};
}

} // namespace

GaveUpWaiting::GaveUpWaiting(std::chrono::seconds patience)
    : Unavailable(fmt::format("no answer within {} s", patience.count())) {}

ShopClient::ShopClient(Executor executor, http::Endpoint shop, std::chrono::seconds patience)
    : client_(executor, options_for(patience)), shop_(std::move(shop)), patience_(patience) {}

Task<http::Response> ShopClient::send(http::Request request) {
    try {
        http::Response response = co_await client_.send(shop_, std::move(request));
        co_return response;
    } catch (const DeadlineExceeded&) {
        throw GaveUpWaiting(patience_);
    }
}

Task<http::StreamedResponse> ShopClient::open(http::Request request) {
    try {
        http::StreamedResponse response = co_await client_.open(shop_, std::move(request));
        co_return response;
    } catch (const DeadlineExceeded&) {
        throw GaveUpWaiting(patience_);
    }
}

http::Request
ShopClient::request(http::Method method, std::string path, std::string token, std::string body) const {
    http::Request request;
    request.method = method;
    request.path = std::move(path);
    request.body = std::move(body);
    request.deadline = std::chrono::steady_clock::now() + patience_;
    if (!request.body.empty()) {
        request.headers.set("Content-Type", "application/json");
    }
    if (!token.empty()) {
        request.headers.set("Authorization", "Bearer " + token);
    }
    return request;
}

Task<std::string> ShopClient::new_customer() {
    const std::string email = "load-" + uuid_v7() + "@example.com";
    std::string body =
        fmt::format(R"({{"email":"{}","password":"load password","full_name":"Load"}})", email);
    auto registration = request(http::Method::post, "/api/auth/register", {}, std::move(body));
    const http::Response response = co_await send(std::move(registration));
    expect<Numbered>(response, 201, "register");
    co_return co_await sign_in(email, "load password");
}

Task<std::string> ShopClient::sign_in(std::string email, std::string password) {
    std::string body =
        fmt::format(R"({{"email":{},"password":{}}})", json::quote(email), json::quote(password));
    auto login = request(http::Method::post, "/api/auth/login", {}, std::move(body));
    const http::Response response = co_await send(std::move(login));
    co_return expect<Tokens>(response, 200, "login").access_token;
}

Task<std::int64_t> ShopClient::new_product(std::string admin_token) {
    std::string body = fmt::format(
        R"({{"name":"Load {}","description":"For load.","price":"1.00","initial_inventory":1000000}})",
        uuid_v7());
    auto creation = request(http::Method::post, "/api/products", std::move(admin_token), std::move(body));
    const http::Response response = co_await send(std::move(creation));
    co_return expect<Numbered>(response, 201, "creating a product").id;
}

Task<ShopClient::Checkout> ShopClient::check_out(std::string token, std::int64_t product_id) {
    std::string body = fmt::format(R"({{"items":[{{"product_id":{},"quantity":1}}]}})", product_id);
    auto checkout = request(http::Method::post, "/api/checkout", std::move(token), std::move(body));
    co_return co_await send_checkout(std::move(checkout));
}

Task<ShopClient::Checkout> ShopClient::check_out_cart(std::string token) {
    auto checkout = request(http::Method::post, "/api/checkout", std::move(token), {});
    co_return co_await send_checkout(std::move(checkout));
}

Task<ShopClient::Checkout> ShopClient::send_checkout(http::Request checkout) {
    std::string key = uuid_v7();
    checkout.headers.set("Idempotency-Key", key);
    const http::Response response = co_await send(std::move(checkout));
    if (response.status != 200) {
        co_return Checkout{.status = response.status};
    }
    Order order = expect<Order>(response, 200, "checkout");
    co_return Checkout{
        200, order.id, std::move(order.status), order.user_id, order.total_amount, std::move(key)};
}

std::string ShopClient::promise_of(const Checkout& accepted) {
    json::Writer line;
    line.begin_object()
        .member("order_id", accepted.order_id)
        .member("user_id", accepted.user_id)
        .member("idempotency_key", accepted.idempotency_key)
        .member("total_amount", accepted.total)
        .end_object();
    return std::move(line).text();
}

Task<> ShopClient::browse(std::int64_t product_id) {
    auto list = request(http::Method::get, "/api/products", {}, {});
    list.query = "limit=20";
    const http::Response products = co_await send(std::move(list));
    auto look = request(http::Method::get, fmt::format("/api/products/{}", product_id), {}, {});
    const http::Response product = co_await send(std::move(look));
    if (products.status != 200) {
        throw std::runtime_error(fmt::format("the catalog answered {}", products.status));
    }
    expect<Numbered>(product, 200, "a product");
}

Task<> ShopClient::put_into_cart(std::string token, std::int64_t product_id) {
    std::string body = fmt::format(R"({{"product_id":{},"quantity":1}})", product_id);
    auto addition = request(http::Method::post, "/api/cart/items", std::move(token), std::move(body));
    const http::Response response = co_await send(std::move(addition));
    if (response.status != 200 && response.status != 201) {
        throw std::runtime_error(fmt::format("the cart answered {}", response.status));
    }
}

Task<std::optional<Timestamp>> ShopClient::mail_sent_at(std::string token, std::int64_t order_id) {
    auto history =
        request(http::Method::get, fmt::format("/api/orders/{}/events", order_id), std::move(token), {});
    const http::Response response = co_await send(std::move(history));
    for (const Event& event : expect<std::vector<Event>>(response, 200, "an order's history")) {
        if (event.type == "email.sent") {
            co_return event.created_at;
        }
    }
    co_return std::nullopt;
}

Task<std::string> ShopClient::follow(std::string token, std::int64_t order_id) {
    auto follow =
        request(http::Method::get, fmt::format("/api/orders/{}/stream", order_id), std::move(token), {});
    const http::StreamedResponse response = co_await open(std::move(follow));
    std::string stream;
    for (;;) {
        const std::string more = co_await response.body->read_some();
        stream += more;
        std::string state = last_state(stream);
        if (more.empty() || state == "paid" || state == "failed" || state == "cancelled") {
            co_return state;
        }
    }
}

} // namespace tandem::lab
