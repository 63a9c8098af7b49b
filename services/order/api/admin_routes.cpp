#include "services/order/api/admin_routes.hpp"

#include "services/order/api/order_json.hpp"

namespace tandem::order {
namespace {

using http::Method;
using http::Request;
using http::Response;

constexpr std::size_t shown_of_a_queue_max = 100;
constexpr std::size_t replayed_at_once_max = 1000;
constexpr std::int64_t last_number = std::numeric_limits<std::int64_t>::max();

/// ?status=paid&before=1234&limit=50
Result<OrderFilter> read_filter(const Request& request) {
    OrderFilter filter;
    if (const auto word = request.query_parameter("status")) {
        filter.status = parse_order_status(*word);
        if (!filter.status) {
            return fail_field("status", "is no status of an order");
        }
    }
    const auto before = request.integer_query("before", last_number, 1, last_number);
    if (!before) {
        return fail(before.error());
    }
    const auto limit = request.integer_query("limit", 50, 1, 200);
    if (!limit) {
        return fail(limit.error());
    }
    filter.before = OrderId(*before);
    filter.limit = *limit;
    return filter;
}

} // namespace

void AdminRoutes::mount(http::Router& router) {
    const auto add = [&](Method method, std::string pattern, auto handler) {
        router.add(method, std::move(pattern), [this, handler](Request request) {
            return (this->*handler)(std::move(request));
        });
    };
    add(Method::get, "/admin/orders", &AdminRoutes::list_orders);
    add(Method::get, "/admin/dead-letters", &AdminRoutes::list_dead_letters);
    add(Method::post, "/admin/dead-letters/{queue}/replay", &AdminRoutes::replay);
}

Task<Response> AdminRoutes::list_orders(Request request) {
    auto caller = co_await door_.caller(request);
    if (!caller) {
        co_return http::problem(caller.error(), request.path);
    }
    const auto filter = read_filter(request);
    if (!filter) {
        co_return http::problem(filter.error(), request.path);
    }
    const auto orders = co_await desk_.list_all(*filter, *std::move(caller));
    co_return orders ? Response::json(200, write_summaries(*orders))
                     : http::problem(orders.error(), request.path);
}

Task<Response> AdminRoutes::list_dead_letters(Request request) {
    if (auto refused = co_await refusal(request)) {
        co_return *std::move(refused);
    }
    const auto letters = co_await dead_letters_.list(shown_of_a_queue_max);
    co_return Response::json(200, write_dead_letters(letters));
}

Task<Response> AdminRoutes::replay(Request request) {
    if (auto refused = co_await refusal(request)) {
        co_return *std::move(refused);
    }
    const std::string queue(request.parameter("queue"));
    if (!dead_letters_.has_queue(queue)) {
        co_return http::problem(Error(ErrorKind::not_found, "There is no such queue."), request.path);
    }
    const std::size_t count = co_await dead_letters_.replay(queue, replayed_at_once_max);
    co_return Response::json(200, write_replayed(queue, count));
}

Task<std::optional<Response>> AdminRoutes::refusal(const Request& request) {
    const auto caller = co_await door_.caller(request);
    if (!caller) {
        co_return http::problem(caller.error(), request.path);
    }
    if (!caller->acts_for_all) {
        co_return http::problem(Error(ErrorKind::forbidden, "Only an administrator can do this."),
                                request.path);
    }
    co_return std::nullopt;
}

} // namespace tandem::order
