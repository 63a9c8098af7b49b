#include "lab/chaos/door.hpp"

#include "libs/json/json.hpp"
#include "libs/kernel/unavailable.hpp"
#include "libs/kernel/uuid.hpp"

#include <fmt/format.h>

namespace tandem::lab {
namespace {

constexpr auto password = "chaos password";
constexpr std::size_t customers_at_once_max = 4'096;

struct Tokens {
    std::string access_token;
};
BOOST_DESCRIBE_STRUCT(Tokens, (), (access_token))

struct Numbered {
    std::int64_t id = 0;
};
BOOST_DESCRIBE_STRUCT(Numbered, (), (id))

struct Order {
    std::int64_t id = 0;
    std::string status;
    std::optional<std::string> reason;
    std::int64_t user_id = 0;
    Money total_amount;
};
BOOST_DESCRIBE_STRUCT(Order, (), (id, status, reason, user_id, total_amount))

struct Problem {
    std::string detail;
};
BOOST_DESCRIBE_STRUCT(Problem, (), (detail))

template <class Dto>
Dto expect(const http::Response& response, int status, std::string_view what) {
    auto dto = json::read<Dto>(response.body);
    if (response.status != status || !dto) {
        throw std::runtime_error(fmt::format("{} answered {}: {}", what, response.status, response.body));
    }
    return *std::move(dto);
}

std::string reason_in(const http::Response& response) {
    const auto problem = json::read<Problem>(response.body);
    return fmt::format("{}: {}", response.status, problem ? problem->detail : "no problem's document");
}

CheckoutAnswer read_answer(const http::Response& response) {
    CheckoutAnswer answer{.kind = meaning_of(response.status, response.headers.has("Retry-After"))};
    if (answer.kind != Answer::accepted) {
        answer.is_token_stale = response.status == 401;
        answer.reason = reason_in(response);
        return answer;
    }
    const auto order = json::read<Order>(response.body);
    if (!order) {
        return {.kind = Answer::ambiguous, .reason = "an order that makes no sense"};
    }
    answer.order_id = order->id;
    answer.user_id = order->user_id;
    answer.total = order->total_amount;
    answer.state = order->status;
    return answer;
}

} // namespace

Answer meaning_of(int status, bool will_pass) {
    if (status == 200 || status == 201) {
        return Answer::accepted;
    }
    if (status == 401 || status == 429 || status == 503) {
        return Answer::turned_away;
    }
    return status >= 500 || (status == 409 && will_pass) ? Answer::ambiguous : Answer::refused;
}

Door::Door(Executor executor, http::Endpoint shop, std::chrono::milliseconds patience)
    : client_(executor,
              {.connections_per_endpoint_max = customers_at_once_max,
               .waiting_max = customers_at_once_max,
               .request_timeout = patience}),
      shop_(std::move(shop)), patience_(patience) {}

http::Request
Door::request(http::Method method, std::string path, std::string token, std::string body) const {
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

Task<http::Response> Door::ask(http::Method method, std::string path, std::string token, std::string body) {
    auto asked = request(method, std::move(path), std::move(token), std::move(body));
    http::Response response = co_await client_.send(shop_, std::move(asked));
    co_return response;
}

Task<Customer> Door::new_customer() {
    Customer customer{.email = "chaos-" + uuid_v7() + "@example.com", .token = {}};
    std::string body =
        fmt::format(R"({{"email":"{}","password":"{}","full_name":"Chaos"}})", customer.email, password);
    const http::Response response =
        co_await ask(http::Method::post, "/api/auth/register", {}, std::move(body));
    expect<Numbered>(response, 201, "register");
    co_await sign_in_again(customer);
    co_return customer;
}

Task<> Door::sign_in_again(Customer& customer) {
    customer.token = co_await sign_in(customer.email, password);
}

Task<std::string> Door::sign_in(std::string email, std::string secret) {
    std::string body =
        fmt::format(R"({{"email":{},"password":{}}})", json::quote(email), json::quote(secret));
    const http::Response response = co_await ask(http::Method::post, "/api/auth/login", {}, std::move(body));
    co_return expect<Tokens>(response, 200, "login").access_token;
}

Task<std::int64_t> Door::new_product(std::string admin_token, std::string price, std::int64_t pieces) {
    std::string body =
        fmt::format(R"({{"name":"Chaos {}","description":"To break.","price":"{}","initial_inventory":{}}})",
                    uuid_v7(),
                    price,
                    pieces);
    const http::Response response =
        co_await ask(http::Method::post, "/api/products", std::move(admin_token), std::move(body));
    co_return expect<Numbered>(response, 201, "creating a product").id;
}

Task<CheckoutAnswer> Door::check_out(std::string token, std::int64_t product_id, std::string key) {
    std::string body = fmt::format(R"({{"items":[{{"product_id":{},"quantity":1}}]}})", product_id);
    auto checkout = request(http::Method::post, "/api/checkout", std::move(token), std::move(body));
    checkout.headers.set("Idempotency-Key", std::move(key));
    try {
        const http::Response response = co_await client_.send(shop_, std::move(checkout));
        co_return read_answer(response);
    } catch (const http::NotSent& refused) {
        co_return CheckoutAnswer{.kind = Answer::turned_away, .reason = refused.what()};
    } catch (const Unavailable& broken) {
        co_return CheckoutAnswer{.kind = Answer::ambiguous, .reason = broken.what()};
    }
}

Task<bool> Door::cancel(std::string token, std::int64_t order_id) {
    try {
        const http::Response response =
            co_await ask(http::Method::post, fmt::format("/api/orders/{}/cancel", order_id), token, {});
        co_return meaning_of(response.status, false) == Answer::accepted || response.status == 409;
    } catch (const Unavailable&) {
        co_return false;
    }
}

Task<std::string> Door::end_of(std::string token, std::int64_t order_id) {
    try {
        const http::Response response =
            co_await ask(http::Method::get, fmt::format("/api/orders/{}", order_id), token, {});
        const auto order = json::read<Order>(response.body);
        if (response.status != 200 || !order) {
            co_return std::string();
        }
        const bool has_ended =
            order->status == "paid" || order->status == "failed" || order->status == "cancelled";
        co_return !has_ended        ? std::string()
        : order->status == "failed" ? "failed: " + order->reason.value_or("no reason")
                                    : order->status;
    } catch (const Unavailable&) {
        co_return std::string();
    }
}

} // namespace tandem::lab
