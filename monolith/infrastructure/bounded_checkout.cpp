#include "monolith/infrastructure/bounded_checkout.hpp"

namespace tandem::monolith {
namespace {

using Prepared = std::unique_ptr<order::PreparedCheckout>;

/// Holds its turn until it is stored or dropped.
class InTurn final : public order::PreparedCheckout {
public:
    InTurn(Prepared checkout, async::Semaphore::Permit permit)
        : checkout_(std::move(checkout)), permit_(std::move(permit)) {}

    Task<Result<std::optional<order::StoredOrder>>> store(std::string idempotency_key,
                                                          order::Caller caller) override {
        return checkout_->store(std::move(idempotency_key), std::move(caller));
    }

private:
    Prepared checkout_;
    async::Semaphore::Permit permit_;
};

Error too_many() {
    Error error(ErrorKind::unavailable, "Too many customers are checking out; please try again in a moment.");
    return error.retry_after(2);
}

} // namespace

Task<Result<Prepared>> BoundedCheckout::prepare(order::CheckoutRequest request, order::Caller caller) {
    auto permit = co_await turns_.acquire();
    if (!permit) {
        co_return fail(too_many());
    }
    auto prepared = co_await flow_.prepare(std::move(request), std::move(caller));
    if (!prepared) {
        co_return fail(std::move(prepared.error()));
    }
    co_return std::make_unique<InTurn>(*std::move(prepared), *std::move(permit));
}

} // namespace tandem::monolith
