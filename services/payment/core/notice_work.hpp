#pragma once

#include "services/payment/core/payments.hpp"

namespace tandem::payment {

/// What notices ask of the store, one payment an order.
struct NoticeWork {
    std::vector<Payment> new_payments; ///< by ascending order; for orders that have none
    std::vector<OrderId> ended_orders; ///< whose payment, new or not, is to be voided
};

/// Leaves out notices whose event is not in `fresh`. Of one order the end wins over the reservation.
NoticeWork work_of(std::vector<OrderNotice> notices, const std::set<std::string>& fresh, Timestamp now);

} // namespace tandem::payment
