#pragma once

#include "libs/async/semaphore.hpp"
#include "services/order/core/checkout_flow.hpp"

#include <cstddef>

namespace tandem::monolith {

/// Lets so many checkouts be in progress and so many wait for their turn; beyond it `unavailable` at
/// once, so that a shop that is slow stays a shop that answers.
class BoundedCheckout final : public order::CheckoutFlow {
public:
    BoundedCheckout(Executor executor,
                    order::CheckoutFlow& flow,
                    std::size_t in_progress_max,
                    std::size_t waiting_max)
        : flow_(flow), turns_(executor, in_progress_max, waiting_max) {}

    Task<Result<std::unique_ptr<order::PreparedCheckout>>> prepare(order::CheckoutRequest request,
                                                                   order::Caller caller) override;

private:
    order::CheckoutFlow& flow_;
    async::Semaphore turns_;
};

} // namespace tandem::monolith
