#pragma once

#include "lab/simulation/stores/store.hpp"
#include "services/payment/core/payments.hpp"

#include <map>

namespace tandem::simulation {

/// The payment database.
struct PaymentTables {
    explicit PaymentTables(World& world) : store(world, "payment-db") {}

    Store store;
    std::int64_t last_id = 0;
    std::map<payment::OrderId, payment::Payment::State> payments;

    /// When the next turn of any payment may begin.
    std::optional<Timestamp> next_due() const;
};

/// A double of PostgresPayments.
class SimulatedPayments final : public payment::Payments {
public:
    SimulatedPayments(PaymentTables& tables,
                      Node& node,
                      std::function<void()> due,
                      std::function<void()> announced)
        : tables_(tables), node_(node), due_(std::move(due)), announced_(std::move(announced)) {}

    Task<std::set<std::string>> take(std::vector<payment::OrderNotice> notices, Timestamp now) override;
    Task<std::vector<payment::Payment>> claim(payment::Claim claim) override;
    Task<bool> save(payment::Payment payment, Timestamp now) override;
    Task<std::optional<payment::Payment>> find(payment::OrderId order) override;

private:
    using Row = payment::Payment::State;
    void open_new(const std::vector<payment::Payment>& payments);
    void void_ended(const std::vector<payment::OrderId>& orders, Timestamp now);
    void keep(Row& row, const payment::Payment& payment, Timestamp now);
    static bool may_begin(const Row& row, const payment::Claim& claim);

    PaymentTables& tables_;
    Node& node_;
    std::function<void()> due_;
    std::function<void()> announced_;
};

} // namespace tandem::simulation
