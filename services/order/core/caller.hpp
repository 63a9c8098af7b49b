#pragma once

#include "libs/kernel/context.hpp"
#include "services/order/core/deadline.hpp"
#include "services/order/domain/order_events.hpp"

#include <chrono>
#include <string>

namespace tandem::order {

/// On whose behalf a request is worked on; handed to every call that it causes.
struct Caller {
    UserId user;
    std::string email;
    bool acts_for_all = false; ///< an admin or another service
    std::string authorization; ///< the token's header, for calls to cart and product service
    Context context;
    std::chrono::steady_clock::time_point arrived; ///< when the request came
    Deadline deadline;

    bool may_see(UserId owner) const { return acts_for_all || user == owner; }
};

} // namespace tandem::order
