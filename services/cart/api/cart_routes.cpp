#include "services/cart/api/cart_routes.hpp"

#include "services/cart/api/cart_json.hpp"

namespace tandem::cart {
namespace {

using http::Method;
using http::Request;
using http::Response;

Response answer(const Request& request, const Result<Cart>& cart, int status = 200) {
    if (!cart) {
        return http::problem(cart.error(), request.path);
    }
    return Response::json(status, write_cart(*cart));
}

} // namespace

void CartRoutes::mount(http::Router& router) {
    const auto route =
        [&](Method method, std::string pattern, Task<Response> (CartRoutes::*handler)(Request)) {
            router.add(method, std::move(pattern), [this, handler](Request request) {
                return (this->*handler)(std::move(request));
            });
        };
    route(Method::get, "/cart/{user_id}", &CartRoutes::look);
    route(Method::del, "/cart/{user_id}", &CartRoutes::clear);
    route(Method::post, "/cart/{user_id}/items", &CartRoutes::add);
    route(Method::put, "/cart/{user_id}/items/{item_id}", &CartRoutes::set_quantity);
    route(Method::del, "/cart/{user_id}/items/{item_id}", &CartRoutes::remove);
    route(Method::post, "/cart/{user_id}/purchases", &CartRoutes::take_out);
}

Task<Result<UserId>> CartRoutes::owner_of(Request request) {
    const auto principal = co_await authenticator_.require_user(request);
    if (!principal) {
        co_return fail(principal.error());
    }
    const auto owner = request.id_parameter("user_id");
    if (!owner) {
        co_return fail(owner.error());
    }
    if (!principal->may_act_for(*owner)) {
        co_return fail(ErrorKind::forbidden, "This is someone else's cart.");
    }
    co_return UserId(*owner);
}

Task<Response> CartRoutes::look(Request request) {
    const auto owner = co_await owner_of(request);
    if (!owner) {
        co_return http::problem(owner.error(), request.path);
    }
    const Cart cart = co_await shopping_.look(*owner, request.deadline);
    co_return answer(request, cart);
}

Task<Response> CartRoutes::clear(Request request) {
    const auto owner = co_await owner_of(request);
    if (!owner) {
        co_return http::problem(owner.error(), request.path);
    }
    const Cart cart = co_await shopping_.clear(*owner, request.deadline);
    co_return answer(request, cart);
}

Task<Response> CartRoutes::add(Request request) {
    const auto owner = co_await owner_of(request);
    if (!owner) {
        co_return http::problem(owner.error(), request.path);
    }
    if (auto refusal = http::require_json(request)) {
        co_return *std::move(refusal);
    }
    const auto item = read_added_item(request.body);
    if (!item) {
        co_return http::problem(item.error(), request.path);
    }
    const auto cart =
        co_await shopping_.add(*owner, item->product, item->quantity, request.context, request.deadline);
    co_return answer(request, cart, options_.added_status);
}

Task<Response> CartRoutes::set_quantity(Request request) {
    const auto owner = co_await owner_of(request);
    if (!owner) {
        co_return http::problem(owner.error(), request.path);
    }
    if (auto refusal = http::require_json(request)) {
        co_return *std::move(refusal);
    }
    const auto item = request.id_parameter("item_id");
    if (!item) {
        co_return http::problem(item.error(), request.path);
    }
    const auto quantity = read_quantity(request.body);
    if (!quantity) {
        co_return http::problem(quantity.error(), request.path);
    }
    const auto cart = co_await shopping_.set_quantity(*owner, ItemId(*item), *quantity, request.deadline);
    co_return answer(request, cart);
}

Task<Response> CartRoutes::remove(Request request) {
    const auto owner = co_await owner_of(request);
    if (!owner) {
        co_return http::problem(owner.error(), request.path);
    }
    const auto item = request.id_parameter("item_id");
    if (!item) {
        co_return http::problem(item.error(), request.path);
    }
    const auto cart = co_await shopping_.remove(*owner, ItemId(*item), request.deadline);
    co_return answer(request, cart);
}

Task<Response> CartRoutes::take_out(Request request) {
    const auto owner = co_await owner_of(request);
    if (!owner) {
        co_return http::problem(owner.error(), request.path);
    }
    if (auto refusal = http::require_json(request)) {
        co_return *std::move(refusal);
    }
    auto purchase = read_purchase(*owner, request.body);
    if (!purchase) {
        co_return http::problem(purchase.error(), request.path);
    }
    const auto taken = co_await shopping_.take_out(*std::move(purchase), request.deadline);
    if (!taken) {
        co_return http::problem(taken.error(), request.path);
    }
    co_return Response::no_content();
}

} // namespace tandem::cart
