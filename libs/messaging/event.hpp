#pragma once

#include "libs/kernel/context.hpp"
#include "libs/kernel/time.hpp"

#include <string>
#include <string_view>

namespace tandem::messaging {

/// An event on its way out, as it lies in the outbox: flat JSON with `event_id`, `event_type`
/// ("order.created"), `version`, `timestamp` and the event's own fields.
struct OutgoingEvent {
    std::string event_id;    ///< UUIDv7; also the AMQP message_id
    std::string routing_key; ///< "order.order.created"
    std::string event_type;  ///< "order.created"; also the AMQP type
    std::string body;        ///< JSON, whole
    Context context;         ///< becomes the headers traceparent and x-request-id
};

/// Builds an OutgoingEvent around `fields` (the event's own members as a JSON object, "{...}"):
/// draws the event_id and puts the four envelope members in front. `routing_key` is
/// "<service>.<entity>.<action>" and gives event_type "<entity>.<action>".
OutgoingEvent make_event(std::string routing_key, std::string_view fields, Timestamp now, Context context);

/// The same with a given id, for a service without an outbox: an event whose id is derived from its
/// cause is recognised as a duplicate when the cause is handled twice.
OutgoingEvent make_event_with_id(
    std::string event_id, std::string routing_key, std::string_view fields, Timestamp now, Context context);

/// A UUID version 8 (RFC 9562, section 5.8) that depends on its arguments alone: the first 122 bits
/// of SHA-256 over both.
std::string derived_event_id(std::string_view cause_event_id, std::string_view routing_key);

/// A message as it came from a queue.
struct Delivery {
    std::string event_id;    ///< AMQP message_id; the body's event_id when that is absent
    std::string event_type;  ///< AMQP type; the body's event_type when that is absent
    std::string routing_key; ///< of the first publication, also after retries
    std::string body;
    Context context;
    int attempt = 1; ///< 1 at first, counted up by the retry path
    bool redelivered = false;
};

} // namespace tandem::messaging
