#pragma once

#include "libs/messaging/amqp_connection.hpp"
#include "libs/messaging/event.hpp"

#include <string>
#include <string_view>

namespace tandem::messaging {

/// A message as it goes to the broker: an event on its way to the exchange, or a delivery on its way
/// to a retry queue, a dead-letter queue, or back.
///
/// Headers: traceparent, x-request-id, x-attempt (from 2 on), x-original-routing-key (when sent to a
/// queue by name), x-error (why it was moved).
struct WireMessage {
    std::string exchange;
    std::string routing_key;
    std::string event_id;
    std::string event_type;
    std::string body;
    Context context;
    int attempt = 1;
    std::string original_routing_key;
    std::string error;
};

WireMessage to_wire(OutgoingEvent event);
/// For `queue` by name, through the default exchange; `error` is cut to 1,000 bytes.
WireMessage to_wire(Delivery delivery, std::string queue, std::string error);

/// Publishes persistent and mandatory on the connection's channel. Throws AmqpError.
void publish(AmqpConnection& connection, const std::string& app_id, const WireMessage& message);

Delivery to_delivery(std::string_view routing_key, bool redelivered, const amqp_message_t& message);
/// The text of a header; empty when it is absent or no text.
std::string text_header(const amqp_message_t& message, std::string_view name);

} // namespace tandem::messaging
