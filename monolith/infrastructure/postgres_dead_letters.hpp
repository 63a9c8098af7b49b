#pragma once

#include "libs/postgres/pool.hpp"
#include "services/order/core/dead_letters.hpp"

#include <functional>

namespace tandem::monolith {

/// The deliveries that EventBus has given up. Its queues are called what the broker's are.
class PostgresDeadLetters final : public order::DeadLetters {
public:
    /// `stored` is called when there is work for the bus.
    PostgresDeadLetters(postgres::Pool& pool, std::function<void()> stored)
        : pool_(pool), stored_(std::move(stored)) {}

    bool has_queue(const std::string& queue) const override;
    Task<std::vector<order::DeadLetter>> list(std::size_t max) override;
    Task<std::size_t> replay(std::string queue, std::size_t max) override;

private:
    postgres::Pool& pool_;
    std::function<void()> stored_;
};

} // namespace tandem::monolith
