#pragma once

#include "libs/kernel/task.hpp"
#include "services/payment/domain/payment.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace tandem::payment {

/// What an event says about an order.
struct OrderNotice {
    enum class Kind { stock_reserved, order_ended };
    std::string event_id;
    Kind kind = Kind::stock_reserved;
    Purchase purchase;
};

/// Which payments a worker takes in hand. Nobody else gets them until `lease` is over.
struct Claim {
    std::size_t limit = 0;
    Timestamp now;
    std::chrono::milliseconds lease{};
    std::chrono::milliseconds settle{};  ///< how long a charge call may take effect after it began
    std::chrono::milliseconds give_up{}; ///< as for Payment::turn
    bool only_given_up = false;          ///< leave those that would be charged or refunded
};

/// The payments of all orders. Throws Unavailable when the store cannot be reached.
class Payments {
public:
    virtual ~Payments() = default;

    /// In one transaction: forgets notices whose event was taken before; then opens a payment for
    /// each reserved order that has none, and requests the void of each ended one (a tombstone, if
    /// it has none). Gives the ids of the events that had not been taken before.
    virtual Task<std::set<std::string>> take(std::vector<OrderNotice> notices, Timestamp now) = 0;
    /// Begins a turn of payments that are due, oldest first: counts the attempt, moves `due_at` past
    /// the lease.
    virtual Task<std::vector<Payment>> claim(Claim claim) = 0;
    /// Stores the payment and its announcement together; false, and nothing stored, when it has
    /// changed since it was read.
    virtual Task<bool> save(Payment payment, Timestamp now) = 0;
    virtual Task<std::optional<Payment>> find(OrderId order) = 0;
};

} // namespace tandem::payment
