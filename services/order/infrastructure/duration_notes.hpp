#pragma once

#include "libs/async/event.hpp"
#include "libs/postgres/pool.hpp"
#include "services/order/domain/order_events.hpp"

#include <chrono>
#include <map>
#include <optional>
#include <utility>

namespace tandem::order {

/// How long checkouts took, written behind the answers: a customer does not wait for the commit of
/// a measurement, and many of them share one. Lost when the process dies within the few
/// milliseconds before. Use on the event loop's thread.
class DurationNotes {
public:
    static constexpr std::size_t waiting_max = 10'000; ///< beyond it the oldest order's is dropped

    DurationNotes(Executor executor, postgres::Pool& pool) : pool_(pool), noted_(std::move(executor)) {}

    void note(OrderId order, std::chrono::milliseconds duration);
    /// Of a checkout whose duration is not written yet.
    std::optional<std::int64_t> waiting(OrderId order) const;

    /// Writes what is there. Throws when that fails; then it is still there.
    Task<> write();
    /// Writes whenever there is something, until it is cancelled.
    Task<> keep_writing();

private:
    postgres::Pool& pool_;
    async::Event noted_;
    std::map<OrderId, std::int64_t> waiting_;
};

} // namespace tandem::order
