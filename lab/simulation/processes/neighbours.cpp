#include "lab/simulation/processes/neighbours.hpp"

#include "libs/kernel/unavailable.hpp"

namespace tandem::simulation {

using namespace order;

namespace {

constexpr std::chrono::milliseconds patience{1'000};

/// A call's answer must be something.
struct Done {};

Task<Done> take_out(cart::Shopping& shopping, cart::Purchase purchase, cart::Deadline deadline) {
    const auto taken = co_await shopping.take_out(std::move(purchase), deadline);
    if (!taken) {
        throw std::logic_error(taken.error().message());
    }
    co_return Done{};
}

} // namespace

Task<std::vector<RequestedLine>> CallingCarts::contents(Caller caller) {
    std::function<Task<cart::Cart>(std::size_t)> look = [shopping = shopping_, caller](std::size_t instance) {
        return shopping(instance).look(cart::UserId(caller.user.value()), caller.deadline);
    };
    const auto cart = co_await call<cart::Cart>(world_, node_, carts_, std::move(look), patience);
    if (!cart) {
        throw Unavailable("cart service");
    }
    std::vector<RequestedLine> lines;
    for (const cart::CartItem& item : cart->items()) {
        lines.push_back({ProductId(item.product.id.value()), item.quantity, item.product.price});
    }
    co_return lines;
}

Task<> CallingCarts::remove_bought(OrderId order, std::vector<OrderLine> lines, Caller caller) {
    cart::Purchase purchase{cart::OrderId(order.value()), cart::UserId(caller.user.value()), {}};
    for (const OrderLine& line : lines) {
        purchase.lines.push_back({cart::ProductId(line.product.value()), line.quantity});
    }
    std::function<Task<Done>(std::size_t)> remove =
        [shopping = shopping_, purchase, caller](std::size_t instance) {
            return take_out(shopping(instance), purchase, caller.deadline);
        };
    co_await call<Done>(world_, node_, carts_, std::move(remove), patience);
}

Task<std::vector<CatalogEntry>> CallingPriceList::look_up(std::vector<ProductId> products, Caller) {
    std::function<Task<std::vector<CatalogEntry>>(std::size_t)> read =
        [ask = read_, products = std::move(products)](std::size_t instance) {
            return ask(instance, products);
        };
    auto entries =
        co_await call<std::vector<CatalogEntry>>(world_, node_, products_, std::move(read), patience);
    if (!entries) {
        throw Unavailable("product service");
    }
    co_return *std::move(entries);
}

} // namespace tandem::simulation
