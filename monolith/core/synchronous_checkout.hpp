#pragma once

#include "libs/kernel/time.hpp"
#include "monolith/core/checkout_book.hpp"
#include "monolith/core/order_history.hpp"
#include "monolith/core/postman.hpp"
#include "services/order/core/checkout_flow.hpp"
#include "services/payment/core/provider.hpp"

#include <string>

namespace tandem::monolith {

/// The checkout that does everything inside one request and one database transaction, on purpose:
/// cart, validation, row locks on stock, order, payment, stock, mail, notification, empty cart,
/// commit. The customer waits for all of it, and two customers of the same product wait for each
/// other. Slow, and never wrong: nothing is kept of a checkout that fails, and a charge made for one
/// is paid back (PaymentIntents). A mail that fails does not undo a paid order; it follows later.
class SynchronousCheckout final : public order::CheckoutFlow {
public:
    struct Parts {
        CheckoutBook& book;
        PaymentIntents& intents;
        payment::Provider& provider;
        Postman& postman;
        const Clock& clock;
    };

    /// `message_id_domain` as for email::SendMail.
    SynchronousCheckout(Parts parts, std::string message_id_domain)
        : parts_(parts), message_id_domain_(std::move(message_id_domain)) {}

    /// Nothing can be refused before the transaction begins.
    Task<Result<std::unique_ptr<order::PreparedCheckout>>> prepare(order::CheckoutRequest request,
                                                                   order::Caller caller) override;

    /// conflict: out of stock, or a price has changed. payment_declined, and unavailable when the
    /// provider does not answer. Besides those the errors of order::Checkout::prepare. Nothing when
    /// the caller has an order under the key already.
    Task<Result<std::optional<order::StoredOrder>>>
    buy(order::CheckoutRequest request, std::string idempotency_key, order::Caller caller);

private:
    Task<Result<order::Placed>>
    fill_basket(CheckoutPage& page, order::CheckoutRequest request, order::Caller caller);
    Task<Result<void>> pay(CheckoutPage& page, OrderHistory& history, Context context);
    Task<CheckoutPage::Confirmation> confirm(CheckoutPage& page, OrderHistory& history, Context context);

    Parts parts_;
    std::string message_id_domain_;
};

} // namespace tandem::monolith
