#include "services/order/api/notification_routes.hpp"

#include "libs/json/json.hpp"
#include "services/order/api/order_json.hpp"
#include "services/order/api/paging.hpp"

namespace tandem::order {
namespace {

using http::Request;
using http::Response;

struct ReadMark {
    bool read = false;
};
BOOST_DESCRIBE_STRUCT(ReadMark, (), (read))

} // namespace

void NotificationRoutes::mount(http::Router& router) {
    router.add(
        http::Method::get, "/notifications", [this](Request request) { return list(std::move(request)); });
    router.add(http::Method::patch, "/notifications/{id}", [this](Request request) {
        return mark(std::move(request));
    });
}

Task<Response> NotificationRoutes::list(Request request) {
    const auto caller = co_await door_.caller(request);
    if (!caller) {
        co_return http::problem(caller.error(), request.path);
    }
    const auto page = read_page(request);
    if (!page) {
        co_return http::problem(page.error(), request.path);
    }
    const auto found = co_await notifications_.list(caller->user, page->skip, page->limit);
    co_return Response::json(200, write_notifications(found));
}

Task<Response> NotificationRoutes::mark(Request request) {
    const auto caller = co_await door_.caller(request);
    if (!caller) {
        co_return http::problem(caller.error(), request.path);
    }
    const auto id = request.id_parameter("id");
    if (!id) {
        co_return http::problem(id.error(), request.path);
    }
    if (auto refusal = http::require_json(request)) {
        co_return *std::move(refusal);
    }
    const auto wish = json::read<ReadMark>(request.body);
    if (!wish) {
        co_return http::problem(wish.error(), request.path);
    }
    const auto marked =
        co_await notifications_.mark(NotificationId(*id), caller->user, wish->read, caller->deadline);
    if (!marked) {
        co_return http::problem(Error(ErrorKind::not_found, "There is no such notification."), request.path);
    }
    co_return Response::json(200, write_notification(*marked));
}

} // namespace tandem::order
