#pragma once

#include "services/order/core/checkout_flow.hpp"
#include "services/order/core/idempotency_keys.hpp"

namespace tandem::order {

/// The client's key with what it stands for.
struct KeyedRequest {
    std::string key;
    std::string canonical_request; ///< equal for equal requests
};

struct CheckoutAnswer {
    StoredOrder order;
    int answer_status = 0;
    bool replayed = false;
};

/// The checkout, at most once per idempotency key: the same request under the same key gets the
/// first answer again; refusals are not kept.
class CheckoutOnce {
public:
    CheckoutOnce(CheckoutFlow& checkout, IdempotencyKeys& keys, Orders& orders)
        : checkout_(checkout), keys_(keys), orders_(orders) {}

    /// Besides the errors of the checkout itself: invalid when the key stands for another request,
    /// conflict while the first request still runs.
    Task<Result<CheckoutAnswer>>
    run(CheckoutRequest request, std::optional<KeyedRequest> keyed, int answer_status, Caller caller);

private:
    using Prepared = std::unique_ptr<PreparedCheckout>;
    Task<Result<CheckoutAnswer>>
    run_keyed(CheckoutRequest request, KeyedRequest keyed, int answer_status, Caller caller);
    Task<Result<CheckoutAnswer>> repeat(Claim claim);
    Task<Result<std::optional<StoredOrder>>>
    run_claimed(CheckoutRequest request, IdempotencyKey key, Claim claim, Caller caller);
    Task<Result<Prepared>>
    prepare_or_release(CheckoutRequest request, IdempotencyKey key, Claim claim, Caller caller);
    Task<Result<std::optional<StoredOrder>>>
    store_or_release(Prepared prepared, IdempotencyKey key, Claim claim, Caller caller);
    Task<Result<CheckoutAnswer>> replay(Claim claim);

    CheckoutFlow& checkout_;
    IdempotencyKeys& keys_;
    Orders& orders_;
};

} // namespace tandem::order
