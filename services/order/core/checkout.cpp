#include "services/order/core/checkout.hpp"

#include "services/order/core/requested_lines.hpp"

namespace tandem::order {

Task<Result<Placed>> Checkout::prepare(CheckoutRequest request, Caller caller) {
    if (request.items && request.items->empty()) {
        co_return fail_field("items", "must not be empty");
    }
    std::vector<RequestedLine> requested;
    if (request.items) {
        requested = *std::move(request.items);
    } else {
        requested = co_await carts_.contents(caller);
    }
    auto lines = merge_lines(std::move(requested));
    if (!lines) {
        co_return fail(lines.error());
    }
    std::vector<ProductId> products = products_of(*lines);
    const auto entries = co_await prices_.look_up(std::move(products), caller);
    auto priced = price_lines(*lines, entries);
    if (!priced) {
        co_return fail(priced.error());
    }
    co_return Order::place({.order = OrderId(),
                            .user = caller.user,
                            .user_email = caller.email,
                            .lines = *std::move(priced),
                            .payment_method = request.payment_method,
                            .shipping_address = std::move(request.shipping_address)});
}

Task<std::optional<StoredOrder>> Checkout::store(Placed placed, std::string idempotency_key, Caller caller) {
    placed.order = co_await orders_.next_id(caller.deadline);
    const auto spent = std::chrono::steady_clock::now() - caller.arrived;
    const auto took = std::chrono::ceil<std::chrono::milliseconds>(spent);
    NewOrder order{std::move(placed), std::move(idempotency_key), took, caller.context, caller.deadline};
    auto state = co_await orders_.add(std::move(order));
    if (!state) {
        co_return std::nullopt;
    }
    co_await carts_.remove_bought(state->id, state->lines, caller);
    co_return StoredOrder{*std::move(state), took.count()};
}

} // namespace tandem::order
