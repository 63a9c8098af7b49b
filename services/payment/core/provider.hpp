#pragma once

#include "libs/kernel/task.hpp"
#include "services/payment/domain/payment.hpp"

#include <string>

namespace tandem::payment {

/// What a call to the provider has told.
struct ProviderAnswer {
    enum class Kind {
        charged,   ///< `text` is the transaction's id
        declined,  ///< `text` is the reason, for the customer
        no_charge, ///< the provider has none for this order
        refunded,
        refused, ///< it did not take the call: surely nothing happened
        unknown, ///< no answer, or none that can be trusted: it may have happened
    };
    Kind kind = Kind::unknown;
    std::string text; ///< for `refused` and `unknown`: why, for the log
};

/// The card network. Calls have a deadline and do not throw for a provider that is down. Charges and
/// refunds carry a key derived from the order, so that a repeated call gets the first one's answer.
class Provider {
public:
    virtual ~Provider() = default;
    virtual Task<ProviderAnswer> charge(Purchase purchase) = 0;      ///< charged, declined, refused, unknown
    virtual Task<ProviderAnswer> find_charge(Purchase purchase) = 0; ///< charged, no_charge, refused, unknown
    /// refunded, refused, unknown
    virtual Task<ProviderAnswer> refund(Purchase purchase, std::string transaction_id) = 0;
};

} // namespace tandem::payment
