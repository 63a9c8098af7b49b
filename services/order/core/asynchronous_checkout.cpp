#include "services/order/core/asynchronous_checkout.hpp"

#include <utility>

namespace tandem::order {
namespace {

class Prepared final : public PreparedCheckout {
public:
    Prepared(Checkout& checkout, Placed placed) : checkout_(checkout), placed_(std::move(placed)) {}

    Task<Result<std::optional<StoredOrder>>> store(std::string idempotency_key, Caller caller) override {
        auto order =
            co_await checkout_.store(std::move(placed_), std::move(idempotency_key), std::move(caller));
        co_return order;
    }

private:
    Checkout& checkout_;
    Placed placed_;
};

} // namespace

Task<Result<std::unique_ptr<PreparedCheckout>>> AsynchronousCheckout::prepare(CheckoutRequest request,
                                                                              Caller caller) {
    auto placed = co_await checkout_.prepare(std::move(request), std::move(caller));
    if (!placed) {
        co_return fail(std::move(placed.error()));
    }
    co_return std::make_unique<Prepared>(checkout_, *std::move(placed));
}

} // namespace tandem::order
