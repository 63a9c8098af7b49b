#include "services/order/api/order_routes.hpp"

#include "libs/json/json.hpp"
#include "services/order/api/order_json.hpp"
#include "services/order/api/paging.hpp"

namespace tandem::order {
namespace {

using http::Method;
using http::Request;
using http::Response;

struct StatusBody {
    std::string status;
};
BOOST_DESCRIBE_STRUCT(StatusBody, (), (status))

Result<OrderStatus> read_status(std::string_view body) {
    const auto fields = json::read<StatusBody>(body);
    if (!fields) {
        return fail(fields.error());
    }
    const auto status = parse_order_status(fields->status);
    if (!status) {
        return fail_field("status", "is no status of an order");
    }
    return *status;
}

Response answer(const Result<StoredOrder>& order, const Request& request) {
    return order ? Response::json(200, write_order(*order)) : http::problem(order.error(), request.path);
}

} // namespace

void OrderRoutes::mount(http::Router& router) {
    const auto add = [&](Method method, std::string pattern, auto handler) {
        router.add(method, std::move(pattern), [this, handler](Request request) {
            return (this->*handler)(std::move(request));
        });
    };
    add(Method::get, "/orders", &OrderRoutes::list_own);
    add(Method::get, "/orders/my-orders", &OrderRoutes::list_own);
    add(Method::get, "/orders/user/{user_id}", &OrderRoutes::list_of_user);
    add(Method::get, "/orders/{id}", &OrderRoutes::show);
    add(Method::get, "/orders/{id}/status", &OrderRoutes::show_status);
    add(Method::patch, "/orders/{id}/status", &OrderRoutes::move);
    add(Method::get, "/orders/{id}/events", &OrderRoutes::show_history);
    add(Method::post, "/orders/{id}/cancel", &OrderRoutes::cancel);
}

Task<Response> OrderRoutes::list_own(Request request) {
    auto caller = co_await door_.caller(request);
    if (!caller) {
        co_return http::problem(caller.error(), request.path);
    }
    const UserId user = caller->user;
    auto response = co_await list(std::move(request), user, *std::move(caller));
    co_return response;
}

Task<Response> OrderRoutes::list_of_user(Request request) {
    auto caller = co_await door_.caller(request);
    if (!caller) {
        co_return http::problem(caller.error(), request.path);
    }
    const auto user = request.id_parameter("user_id");
    if (!user) {
        co_return http::problem(user.error(), request.path);
    }
    auto response = co_await list(std::move(request), UserId(*user), *std::move(caller));
    co_return response;
}

Task<Response> OrderRoutes::list(Request request, UserId user, Caller caller) {
    const auto page = read_page(request);
    if (!page) {
        co_return http::problem(page.error(), request.path);
    }
    const auto orders = co_await desk_.list(user, page->skip, page->limit, std::move(caller));
    if (!orders) {
        co_return http::problem(orders.error(), request.path);
    }
    co_return Response::json(200, write_summaries(*orders));
}

Task<Response> OrderRoutes::show(Request request) {
    return show_as(std::move(request), write_order);
}

Task<Response> OrderRoutes::show_status(Request request) {
    return show_as(std::move(request), write_status);
}

Task<Response> OrderRoutes::show_as(Request request, Write write) {
    auto visit = co_await door_.visit(request);
    if (!visit) {
        co_return http::problem(visit.error(), request.path);
    }
    const auto order = co_await desk_.find(visit->order, std::move(visit->caller));
    co_return order ? Response::json(200, write(*order)) : http::problem(order.error(), request.path);
}

Task<Response> OrderRoutes::show_history(Request request) {
    auto visit = co_await door_.visit(request);
    if (!visit) {
        co_return http::problem(visit.error(), request.path);
    }
    const auto events = co_await desk_.history(visit->order, std::move(visit->caller));
    co_return events ? Response::json(200, write_history(*events))
                     : http::problem(events.error(), request.path);
}

Task<Response> OrderRoutes::cancel(Request request) {
    auto visit = co_await door_.visit(request);
    if (!visit) {
        co_return http::problem(visit.error(), request.path);
    }
    const auto order = co_await desk_.cancel(visit->order, std::move(visit->caller));
    co_return answer(order, request);
}

Task<Response> OrderRoutes::move(Request request) {
    auto visit = co_await door_.visit(request);
    if (!visit) {
        co_return http::problem(visit.error(), request.path);
    }
    if (auto refusal = http::require_json(request)) {
        co_return *std::move(refusal);
    }
    const auto status = read_status(request.body);
    if (!status) {
        co_return http::problem(status.error(), request.path);
    }
    const auto order = co_await desk_.move(visit->order, *status, std::move(visit->caller));
    co_return answer(order, request);
}

} // namespace tandem::order
