#include "services/order/infrastructure/duration_notes.hpp"

#include "libs/telemetry/log.hpp"

#include <boost/system/system_error.hpp>

#include <vector>

namespace tandem::order {
namespace {

constexpr postgres::Query write_durations{
    "order.write_durations",
    "INSERT INTO order_timings (order_id, processing_duration_ms)"
    " SELECT * FROM unnest($1::bigint[], $2::bigint[]) ON CONFLICT (order_id) DO NOTHING"};

constexpr std::chrono::seconds retry_interval{1};

} // namespace

void DurationNotes::note(OrderId order, std::chrono::milliseconds duration) {
    if (waiting_.size() >= waiting_max) {
        waiting_.erase(waiting_.begin());
    }
    waiting_.emplace(order, duration.count());
    noted_.notify();
}

std::optional<std::int64_t> DurationNotes::waiting(OrderId order) const {
    const auto found = waiting_.find(order);
    return found == waiting_.end() ? std::nullopt : std::optional(found->second);
}

Task<> DurationNotes::write() {
    if (waiting_.empty()) {
        co_return;
    }
    std::vector<std::int64_t> orders;
    std::vector<std::int64_t> durations;
    for (const auto& [order, duration] : waiting_) {
        orders.push_back(order.value());
        durations.push_back(duration);
    }
    std::vector<postgres::Statement> unit{{write_durations, postgres::Params(orders, durations)}};
    co_await pool_.execute(std::move(unit));
    for (const std::int64_t order : orders) {
        waiting_.erase(OrderId(order));
    }
}

Task<> DurationNotes::keep_writing() {
    for (;;) {
        co_await noted_.wait_for(retry_interval);
        try {
            co_await write();
        } catch (const boost::system::system_error&) {
            throw; // cancelled
        } catch (const std::exception& error) {
            telemetry::log_warn("durations wait to be written", {{"problem", error.what()}});
        }
    }
}

} // namespace tandem::order
