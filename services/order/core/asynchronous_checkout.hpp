#pragma once

#include "services/order/core/checkout.hpp"
#include "services/order/core/checkout_flow.hpp"

namespace tandem::order {

/// Answers as soon as the order is stored; stock, payment and mail follow as events.
class AsynchronousCheckout final : public CheckoutFlow {
public:
    explicit AsynchronousCheckout(Checkout& checkout) : checkout_(checkout) {}

    Task<Result<std::unique_ptr<PreparedCheckout>>> prepare(CheckoutRequest request, Caller caller) override;

private:
    Checkout& checkout_;
};

} // namespace tandem::order
