#pragma once

#include "services/order/core/dead_letters.hpp"
#include "services/order/core/notifications.hpp"
#include "services/order/core/orders.hpp"

#include <string>
#include <vector>

namespace tandem::order {

/// The bodies of docs/api/openapi.yaml.
std::string write_order(const StoredOrder& order);
/// {id, status, reason, payment, processing_duration_ms}: also the data of a stream's events.
std::string write_status(const StoredOrder& order);
std::string write_summaries(const std::vector<OrderSummary>& orders);
/// {version, type, created_at, data}, where `data` is the event as it is published, or would be.
std::string write_history(const std::vector<RecordedEvent>& events);
std::string write_notification(const Notification& notification);
std::string write_notifications(const std::vector<Notification>& notifications);
std::string write_dead_letters(const std::vector<DeadLetter>& letters);
/// {queue, replayed}
std::string write_replayed(const std::string& queue, std::size_t count);

} // namespace tandem::order
