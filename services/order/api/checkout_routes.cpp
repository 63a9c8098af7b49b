#include "services/order/api/checkout_routes.hpp"

#include "services/order/api/checkout_request.hpp"
#include "services/order/api/order_json.hpp"

namespace tandem::order {
namespace {

using http::Request;
using http::Response;

Result<std::optional<KeyedRequest>> read_key(const Request& request, std::string canonical) {
    if (!request.headers.has("Idempotency-Key")) {
        return std::nullopt;
    }
    auto key = read_idempotency_key(request.headers.get("Idempotency-Key"));
    if (!key) {
        return fail(key.error());
    }
    return KeyedRequest{*std::move(key), std::move(canonical)};
}

Response write_answer(const CheckoutAnswer& answer) {
    Response response = Response::json(answer.answer_status, write_order(answer.order));
    if (answer.replayed) {
        response.headers.set("Idempotency-Replayed", "true");
    }
    return response;
}

} // namespace

void CheckoutRoutes::mount(http::Router& router) {
    router.add(http::Method::post, "/checkout", [this](Request request) {
        return check_out(std::move(request), 200);
    });
    router.add(http::Method::post, "/orders/checkout", [this](Request request) {
        return check_out(std::move(request), 201);
    });
}

Task<Response> CheckoutRoutes::check_out(Request request, int answer_status) {
    auto caller = co_await door_.caller(request);
    if (!caller) {
        co_return http::problem(caller.error(), request.path);
    }
    if (auto refusal = http::require_json(request)) {
        co_return *std::move(refusal);
    }
    auto checkout = read_checkout(request.body, *caller);
    if (!checkout) {
        co_return http::problem(checkout.error(), request.path);
    }
    auto keyed = read_key(request, std::move(checkout->canonical));
    if (!keyed) {
        co_return http::problem(keyed.error(), request.path);
    }
    const auto answer = co_await checkout_.run(
        std::move(checkout->request), *std::move(keyed), answer_status, *std::move(caller));
    if (!answer) {
        co_return http::problem(answer.error(), request.path);
    }
    co_return write_answer(*answer);
}

} // namespace tandem::order
