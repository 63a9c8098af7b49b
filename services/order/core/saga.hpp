#pragma once

#include "services/order/core/orders.hpp"

#include <functional>
#include <string>
#include <vector>

namespace tandem::order {

/// Something that another service, or the clock, reports about an order.
struct Fact {
    OrderId order;
    std::string event_id; ///< of the message that brought it
    Context context;
    std::function<Decision(const Order& order)> decide;
};

/// Lets orders follow what stock, payment and mail report, and expire.
class Saga {
public:
    Saga(Orders& orders, const Clock& clock, std::chrono::milliseconds expiry)
        : orders_(orders), clock_(clock), expiry_(expiry) {}

    enum class Outcome {
        followed, ///< now
        repeated, ///< its message had been handled before
        unknown,  ///< there is no such order (yet): bring the fact again later
    };

    /// One transaction for the whole batch, facts in the given order. One outcome for each.
    Task<std::vector<Outcome>> follow(std::vector<Fact> facts);

    /// Fails up to `batch` orders that have been open for longer than the expiry; the number found.
    /// Safe to run in several processes at once.
    Task<std::size_t> expire_overdue(std::int64_t batch, Context context);

private:
    Orders& orders_;
    const Clock& clock_;
    std::chrono::milliseconds expiry_;
};

} // namespace tandem::order
