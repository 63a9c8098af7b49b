#pragma once

#include "libs/postgres/pool.hpp"
#include "services/payment/core/payments.hpp"

#include <functional>

namespace tandem::payment {

/// The tables of migrations/, with the outbox and the inbox.
class PostgresPayments final : public Payments {
public:
    /// `due` is called after a commit that may have left work for a worker, `announced` after one
    /// that stored an event.
    PostgresPayments(postgres::Pool& pool, std::function<void()> due, std::function<void()> announced)
        : pool_(pool), due_(std::move(due)), announced_(std::move(announced)) {}

    Task<std::set<std::string>> take(std::vector<OrderNotice> notices, Timestamp now) override;
    Task<std::vector<Payment>> claim(Claim claim) override;
    Task<bool> save(Payment payment, Timestamp now) override;
    Task<std::optional<Payment>> find(OrderId order) override;

private:
    postgres::Pool& pool_;
    std::function<void()> due_;
    std::function<void()> announced_;
};

} // namespace tandem::payment
