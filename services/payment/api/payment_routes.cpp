#include "services/payment/api/payment_routes.hpp"

#include "libs/json/json.hpp"

namespace tandem::payment {
namespace {

struct PaymentAnswer {
    PaymentId id;
    OrderId order_id;
    Money amount;
    std::string status;
    std::string payment_method;
    std::optional<std::string> transaction_id;
    std::optional<std::string> reason;
    std::optional<std::string> error_message;
    Timestamp created_at;
    Timestamp updated_at;
};
BOOST_DESCRIBE_STRUCT(PaymentAnswer,
                      (),
                      (id,
                       order_id,
                       amount,
                       status,
                       payment_method,
                       transaction_id,
                       reason,
                       error_message,
                       created_at,
                       updated_at))

std::string to_json(const Payment::State& state) {
    return json::write(PaymentAnswer{state.id,
                                     state.purchase.order,
                                     state.purchase.amount,
                                     std::string(to_string(state.status)),
                                     state.purchase.payment_method,
                                     state.transaction_id,
                                     state.reason,
                                     state.error_message,
                                     state.created_at,
                                     state.updated_at});
}

} // namespace

void PaymentRoutes::mount(http::Router& router) {
    router.add(http::Method::get, "/payments/{order_id}", [this](http::Request request) {
        return show(std::move(request));
    });
}

Task<http::Response> PaymentRoutes::show(http::Request request) {
    const auto caller = co_await authenticator_.require_user(request);
    if (!caller) {
        co_return http::problem(caller.error(), request.path);
    }
    const auto order_id = request.id_parameter("order_id");
    if (!order_id) {
        co_return http::problem(order_id.error(), request.path);
    }
    const auto payment = co_await payments_.find(OrderId(*order_id));
    if (!payment || !caller->may_act_for(payment->state().purchase.user.value())) {
        const Error missing(ErrorKind::not_found, "There is no payment of this order.");
        co_return http::problem(missing, request.path);
    }
    co_return http::Response::json(200, to_json(payment->state()));
}

} // namespace tandem::payment
