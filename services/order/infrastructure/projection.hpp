#pragma once

#include "libs/postgres/pool.hpp"

#include <cstdint>

namespace tandem::order {

/// The projection, checked against and made again from the events.
class Projection {
public:
    explicit Projection(postgres::Pool& pool) : pool_(pool) {}

    /// Writes `orders` and `order_items` again for every order, a few hundred in one transaction,
    /// while the service may run. Gives the number of orders whose row differed from the replay.
    Task<std::int64_t> rebuild();

private:
    struct Step {
        std::int64_t last_order = 0;
        std::int64_t orders = 0;
        std::int64_t differed = 0;
    };
    Task<Step> rebuild_after(std::int64_t order);

    postgres::Pool& pool_;
};

} // namespace tandem::order
