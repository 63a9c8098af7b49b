#include "lab/chaos/outside.hpp"

#include "libs/json/json.hpp"
#include "libs/kernel/result.hpp"

#include <boost/beast/core/detail/base64.hpp>

#include <fmt/format.h>
#include <stdexcept>

namespace tandem::lab {
namespace {

constexpr auto patience = std::chrono::seconds(10);

struct Routed {
    bool routed = false;
};
BOOST_DESCRIBE_STRUCT(Routed, (), (routed))

struct Queue {
    std::string name;
    std::optional<std::int64_t> messages;
};
BOOST_DESCRIBE_STRUCT(Queue, (), (name, messages))

http::Endpoint endpoint(std::string_view url) {
    auto parsed = http::Endpoint::parse(url);
    if (!parsed) {
        throw std::runtime_error(parsed.error().message());
    }
    return *std::move(parsed);
}

std::string basic_login(const std::string& user_and_password) {
    namespace base64 = boost::beast::detail::base64;
    std::string encoded(base64::encoded_size(user_and_password.size()), '\0');
    encoded.resize(base64::encode(encoded.data(), user_and_password.data(), user_and_password.size()));
    return "Basic " + encoded;
}

http::Request request(http::Method method, std::string path, std::string body) {
    http::Request request;
    request.method = method;
    request.path = std::move(path);
    request.body = std::move(body);
    request.headers.set("Content-Type", "application/json");
    request.deadline = std::chrono::steady_clock::now() + patience;
    return request;
}

std::string body_of(const http::Response& response, std::string_view who) {
    if (response.status != 200) {
        throw std::runtime_error(fmt::format("{} answers {}: {}", who, response.status, response.body));
    }
    return response.body;
}

} // namespace

Outside::Outside(Executor executor, const std::string& provider_url, const std::string& broker_url)
    : client_(executor, {}), provider_(endpoint(provider_url)) {
    constexpr std::size_t scheme_size = std::string_view("http://").size();
    const auto at = broker_url.find('@');
    if (at == std::string::npos || at < scheme_size) {
        throw std::runtime_error("the broker's address names no user");
    }
    broker_login_ = basic_login(broker_url.substr(scheme_size, at - scheme_size));
    broker_ = endpoint("http://" + broker_url.substr(at + 1));
}

Task<std::string> Outside::behaviour() {
    auto question = request(http::Method::get, "/v1/behaviour", {});
    const http::Response answer = co_await client_.send(provider_, std::move(question));
    co_return body_of(answer, "the payment provider");
}

Task<> Outside::behave(std::string behaviour) {
    auto change = request(http::Method::put, "/v1/behaviour", std::move(behaviour));
    const http::Response answer = co_await client_.send(provider_, std::move(change));
    body_of(answer, "the payment provider");
}

Task<http::Response>
Outside::ask_broker(http::Method method, std::string path, std::string query, std::string body) {
    auto question = request(method, std::move(path), std::move(body));
    question.query = std::move(query);
    question.headers.set("Authorization", broker_login_);
    http::Response answer = co_await client_.send(broker_, std::move(question));
    co_return answer;
}

Task<> Outside::poison(std::string queue) {
    std::string message = fmt::format(
        R"({{"routing_key":"{}","payload":"poison","payload_encoding":"string","properties":{{"delivery_mode":2}}}})",
        queue);
    const http::Response answer = co_await ask_broker(
        http::Method::post, "/api/exchanges/%2F/amq.default/publish", {}, std::move(message));
    const auto routed = json::read<Routed>(body_of(answer, "the broker"));
    if (!routed || !routed->routed) {
        throw std::runtime_error("no queue is called " + queue);
    }
}

Task<std::int64_t> Outside::dead_letters() {
    const http::Response answer =
        co_await ask_broker(http::Method::get, "/api/queues", "columns=name,messages", {});
    const auto queues = json::read<std::vector<Queue>>(body_of(answer, "the broker"));
    std::int64_t dead = 0;
    for (const Queue& queue : queues.value_or(std::vector<Queue>())) {
        dead += queue.name.ends_with("_queue.dlq") ? queue.messages.value_or(0) : 0;
    }
    co_return dead;
}

} // namespace tandem::lab
