#include "services/order/infrastructure/http_carts.hpp"

#include "libs/json/json.hpp"
#include "libs/kernel/unavailable.hpp"
#include "libs/telemetry/log.hpp"
#include "services/order/infrastructure/upstream_request.hpp"

namespace tandem::order {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds read_patience{2'000};
constexpr milliseconds courtesy_patience{500};

struct CartItem {
    ProductId product_id;
    std::int64_t quantity = 0;
    std::optional<Money> price;
};
BOOST_DESCRIBE_STRUCT(CartItem, (), (product_id, quantity, price))

struct Cart {
    std::vector<CartItem> items;
};
BOOST_DESCRIBE_STRUCT(Cart, (), (items))

struct PurchasedItem {
    ProductId product_id;
    int quantity = 0;
};
BOOST_DESCRIBE_STRUCT(PurchasedItem, (), (product_id, quantity))

struct Purchase {
    OrderId order_id;
    std::vector<PurchasedItem> items;
};
BOOST_DESCRIBE_STRUCT(Purchase, (), (order_id, items))

std::string cart_path(UserId user) {
    return "/cart/" + std::to_string(user.value());
}

Purchase purchase_of(OrderId order, const std::vector<OrderLine>& lines) {
    Purchase purchase{order, {}};
    for (const OrderLine& line : lines) {
        purchase.items.push_back({line.product, line.quantity});
    }
    return purchase;
}

} // namespace

Task<std::vector<RequestedLine>> HttpCarts::contents(Caller caller) {
    auto request = upstream_request(http::Method::get, cart_path(caller.user), caller, read_patience);
    request.route = "/cart/{user_id}";
    const auto response = co_await client_.send(service_, std::move(request));
    if (response.status != 200) {
        throw Unavailable("cart service answered " + std::to_string(response.status));
    }
    const auto cart = json::read<Cart>(response.body);
    if (!cart) {
        throw Unavailable("cart service sent no cart: " + cart.error().message());
    }
    std::vector<RequestedLine> lines;
    for (const CartItem& item : cart->items) {
        lines.push_back({item.product_id, item.quantity, item.price});
    }
    co_return lines;
}

Task<> HttpCarts::remove_bought(OrderId order, std::vector<OrderLine> lines, Caller caller) {
    std::string path = cart_path(caller.user) + "/purchases";
    auto request = upstream_request(http::Method::post, std::move(path), caller, courtesy_patience);
    request.route = "/cart/{user_id}/purchases";
    request.headers.set("Content-Type", "application/json");
    request.body = json::write(purchase_of(order, lines));
    std::string problem;
    try {
        const auto response = co_await client_.send(service_, std::move(request));
        if (response.status >= 300) {
            problem = "status " + std::to_string(response.status);
        }
    } catch (const Unavailable& error) {
        problem = error.what();
    }
    if (!problem.empty()) {
        telemetry::log_warn(
            "what was bought stays in the cart until the event comes",
            {{"order_id", order.value()}, {"problem", problem}, {"traceparent", caller.context.traceparent}});
    }
}

} // namespace tandem::order
