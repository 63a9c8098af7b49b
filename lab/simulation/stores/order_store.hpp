#pragma once

#include "lab/simulation/stores/store.hpp"
#include "services/order/core/idempotency_keys.hpp"
#include "services/order/core/orders.hpp"

#include <map>

namespace tandem::simulation {

/// The order database: what PostgresOrders and PostgresIdempotencyKeys keep in it.
struct OrderTables {
    struct Row {
        int version = 0;
        std::string type;
        std::string body;
        order::OrderEvent event; ///< as the body reads
        Timestamp at;
    };
    struct Key {
        std::string request;
        int answer_status = 0;
        std::string lease;
        Timestamp leased_until;
    };
    using KeyName = std::pair<std::int64_t, std::string>; ///< user and key

    explicit OrderTables(World& world) : store(world, "order-db") {}

    Store store;
    std::int64_t last_id = 0;
    std::map<order::OrderId, std::vector<Row>> events;
    std::map<order::OrderId, order::OrderState> orders; ///< the projection
    std::map<order::OrderId, std::int64_t> durations_ms;
    std::map<order::OrderId, std::string> request_ids; ///< of the checkout that made it
    std::map<KeyName, order::OrderId> keyed_orders;
    std::map<KeyName, Key> keys;
    std::vector<std::function<void()>> on_opened; ///< an order waits for its expiry

    order::Order replay(order::OrderId id) const;
};

/// Orders of one process, in those tables: a double of PostgresOrders, transaction by transaction.
class SimulatedOrders final : public order::Orders {
public:
    SimulatedOrders(OrderTables& tables, Node& node, std::function<void()> on_commit)
        : tables_(tables), store_(tables.store), node_(node), on_commit_(std::move(on_commit)) {}

    Task<order::OrderId> next_id(order::Deadline begin_by) override;
    Task<std::optional<order::OrderState>> add(order::NewOrder order) override;
    Task<> change(std::vector<order::OrderId> ids,
                  std::vector<std::string> event_ids,
                  Decide decide,
                  order::Deadline begin_by) override;
    Task<std::optional<order::StoredOrder>> find(order::OrderId order) override;
    Task<std::vector<order::OrderSummary>>
    list(order::UserId user, std::int64_t skip, std::int64_t limit) override;
    Task<std::vector<order::OrderSummary>> list_all(order::OrderFilter filter) override;
    Task<std::vector<order::RecordedEvent>> history(order::OrderId order) override;
    Task<std::vector<std::pair<order::OrderId, int>>> versions(std::vector<order::OrderId> orders) override;
    Task<std::vector<order::OrderId>> open_since_before(Timestamp moment, std::int64_t limit) override;

private:
    static constexpr int attempts_max = 5;

    Task<> change_once(std::vector<order::OrderId> ids,
                       std::vector<std::string> event_ids,
                       Decide decide,
                       order::Deadline begin_by);
    Task<order::HeldOrders>
    hold(Transaction& transaction, std::vector<order::OrderId> ids, std::vector<std::string> event_ids);
    /// From its events; with illegal_transition one that has forgotten that it was shipped.
    order::Order load(order::OrderId id) const;
    void store(const order::HeldOrders& held, const std::vector<std::string>& event_ids);
    void append(const order::Change& change, Timestamp now);
    void committed();

    OrderTables& tables_;
    Store& store_;
    Node& node_;
    std::function<void()> on_commit_;
};

/// A double of PostgresIdempotencyKeys.
class SimulatedKeys final : public order::IdempotencyKeys {
public:
    SimulatedKeys(OrderTables& tables, Node& node) : tables_(tables), node_(node) {}

    Task<order::Claim> claim(order::IdempotencyKey key,
                             std::string request,
                             int answer_status,
                             order::Deadline begin_by) override;
    Task<> release(order::IdempotencyKey key, std::string lease) override;

private:
    static constexpr std::chrono::seconds lease{10};

    OrderTables& tables_;
    Node& node_;
};

} // namespace tandem::simulation
