#pragma once

#include "libs/kernel/time.hpp"
#include "monolith/core/checkout_book.hpp"

namespace tandem::monolith {

/// Another book whose every step of a checkout is a span: a child of the request's own, in the order in
/// which the customer waits for them.
class TracedCheckoutBook final : public CheckoutBook {
public:
    /// Refers to both.
    TracedCheckoutBook(CheckoutBook& book, const Clock& clock) : book_(book), clock_(clock) {}

    Task<std::unique_ptr<CheckoutPage>> open(order::Deadline deadline, Context context) override;

private:
    CheckoutBook& book_;
    const Clock& clock_;
};

} // namespace tandem::monolith
