#pragma once

#include "libs/kernel/time.hpp"
#include "libs/messaging/outbox.hpp"
#include "libs/postgres/pool.hpp"
#include "services/order/core/orders.hpp"

#include <deque>
#include <functional>
#include <vector>

namespace tandem::order {

/// Orders in PostgreSQL. `order_events` is the truth and the outbox; `orders`, `order_items` and
/// `notifications` are written in the same transaction, and with a new order what its answer needs to
/// be repeated: `keyed_orders`, `order_timings`.
class PostgresOrders final : public Orders {
public:
    /// Told after each commit which orders have new events: wake the relay, tell the streams.
    using OnCommit = std::function<void(const std::vector<OrderId>& orders)>;

    PostgresOrders(postgres::Pool& pool, const Clock& clock) : pool_(pool), clock_(clock) {}
    void on_commit(OnCommit on_commit) { on_commit_ = std::move(on_commit); }

    Task<OrderId> next_id(Deadline begin_by) override;
    Task<std::optional<OrderState>> add(NewOrder order) override;
    Task<> change(std::vector<OrderId> ids,
                  std::vector<std::string> event_ids,
                  Decide decide,
                  Deadline begin_by) override;
    Task<std::optional<StoredOrder>> find(OrderId order) override;
    Task<std::vector<OrderSummary>> list(UserId user, std::int64_t skip, std::int64_t limit) override;
    Task<std::vector<OrderSummary>> list_all(OrderFilter filter) override;
    Task<std::vector<RecordedEvent>> history(OrderId order) override;
    Task<std::vector<std::pair<OrderId, int>>> versions(std::vector<OrderId> orders) override;
    Task<std::vector<OrderId>> open_since_before(Timestamp moment, std::int64_t limit) override;

private:
    static constexpr int id_block = 8;
    static constexpr std::size_t ids_low = 4; ///< then `add` draws the next block on its way
    static constexpr int attempts_max = 5;

    Task<> change_once(std::vector<OrderId> ids,
                       std::vector<std::string> event_ids,
                       Decide decide,
                       Deadline begin_by);
    Task<HeldOrders>
    hold(postgres::Transaction& transaction, std::vector<OrderId> ids, std::vector<std::string> event_ids);
    /// `changes` are those of `held`, with the contexts of their spans.
    static Task<>
    store(postgres::Transaction& transaction, const HeldOrders& held, const std::vector<Change>& changes);
    static void throw_if_past(Deadline begin_by);
    void keep_ids(const postgres::Rows& rows);
    void announce(const std::vector<OrderId>& orders) const;

    postgres::Pool& pool_;
    const Clock& clock_;
    OnCommit on_commit_;
    std::deque<OrderId> ids_; // drawn from the sequence, not used yet
};

/// What the relay reads of `order_events`.
messaging::OutboxQueries order_outbox_queries();

} // namespace tandem::order
