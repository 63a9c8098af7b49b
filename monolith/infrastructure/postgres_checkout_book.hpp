#pragma once

#include "libs/kernel/time.hpp"
#include "libs/postgres/pool.hpp"
#include "monolith/core/checkout_book.hpp"

#include <functional>

namespace tandem::monolith {

/// Checkouts in the one database, over the tables of all domains: schemas catalog, carts, orders,
/// payments. `pool` lends a connection for as long as a checkout lasts, provider and mail server
/// included, so its statement and idle limits must allow for that.
class PostgresCheckoutBook final : public CheckoutBook {
public:
    using OnCommit = std::function<void(order::OrderId order)>;

    PostgresCheckoutBook(postgres::Pool& pool, const Clock& clock, OnCommit on_commit)
        : pool_(pool), clock_(clock), on_commit_(std::move(on_commit)) {}

    Task<std::unique_ptr<CheckoutPage>> open(order::Deadline deadline, Context context) override;

private:
    postgres::Pool& pool_;
    const Clock& clock_;
    OnCommit on_commit_;
};

/// Intents are rows of payments.payments, pending and with a void requested: the payment worker
/// asks the provider about those that no checkout has locked, and refunds what was charged.
class PostgresPaymentIntents final : public PaymentIntents {
public:
    /// `settle`: how long after an intent the last charge call made for it may still take effect at
    /// the provider.
    PostgresPaymentIntents(postgres::Pool& pool, const Clock& clock, std::chrono::milliseconds settle)
        : pool_(pool), clock_(clock), settle_(settle) {}

    Task<payment::PaymentId> begin(payment::Purchase purchase) override;
    Task<> forget(payment::PaymentId payment) override;

private:
    postgres::Pool& pool_;
    const Clock& clock_;
    std::chrono::milliseconds settle_;
};

} // namespace tandem::monolith
