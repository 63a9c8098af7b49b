#include "payment-provider/card_network.hpp"

namespace tandem::provider {

Result<Entry> CardNetwork::decide_charge(const ChargeRequest& request) const {
    Entry entry;
    entry.kind = Kind::charge;
    entry.status = cents_of(request.amount) == 13 ? Status::declined : Status::succeeded;
    entry.order_id = request.order_id;
    entry.amount = request.amount;
    entry.payment_method = request.payment_method.value_or("credit_card");
    return entry;
}

Result<Entry> CardNetwork::decide_refund(const RefundRequest& request) const {
    const auto charge = find_charge(request);
    if (!charge) {
        return fail(charge.error());
    }
    const Money left = (*charge)->amount - ledger_.refunded(**charge);
    const Money amount = request.amount.value_or(left);
    if (left <= Money()) {
        return fail(ErrorKind::conflict, "The charge is refunded already.");
    }
    if (amount <= Money() || amount > left) {
        return fail_field("amount", "must be positive and at most " + left.to_string());
    }
    Entry entry;
    entry.kind = Kind::refund;
    entry.order_id = (*charge)->order_id;
    entry.charge = (*charge)->sequence;
    entry.amount = amount;
    entry.payment_method = (*charge)->payment_method;
    return entry;
}

Result<const Entry*> CardNetwork::find_charge(const RefundRequest& request) const {
    if (request.charge_id) {
        const auto sequence = parse_charge_id(*request.charge_id);
        const Entry* const charge = sequence ? ledger_.charge(*sequence) : nullptr;
        if (charge != nullptr) {
            return charge;
        }
        return fail(ErrorKind::not_found, "There is no such charge.");
    }
    const auto charges = ledger_.charges_of(*request.order_id);
    if (charges.empty()) {
        return fail(ErrorKind::not_found, "The order has no charge.");
    }
    if (charges.size() > 1) {
        return fail(ErrorKind::conflict, "The order has several charges: name one by charge_id.");
    }
    return charges.front();
}

} // namespace tandem::provider
