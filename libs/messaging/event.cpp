#include "libs/messaging/event.hpp"

#include "libs/kernel/uuid.hpp"

#include <fmt/format.h>
#include <stdexcept>

namespace tandem::messaging {
namespace {

std::string event_type_of(std::string_view routing_key) {
    const auto dot = routing_key.find('.');
    if (dot == std::string_view::npos || routing_key.find('.', dot + 1) == std::string_view::npos) {
        throw std::logic_error("a routing key is <service>.<entity>.<action>, not " +
                               std::string(routing_key));
    }
    return std::string(routing_key.substr(dot + 1));
}

/// "{...}" without the braces.
std::string_view members_of(std::string_view object) {
    if (object.size() < 2 || object.front() != '{' || object.back() != '}') {
        throw std::logic_error("an event's fields are a JSON object");
    }
    return object.substr(1, object.size() - 2);
}

} // namespace

OutgoingEvent make_event(std::string routing_key, std::string_view fields, Timestamp now, Context context) {
    OutgoingEvent event;
    event.event_id = uuid_v7(now);
    event.event_type = event_type_of(routing_key);
    event.routing_key = std::move(routing_key);
    event.context = std::move(context);
    const std::string_view members = members_of(fields);
    event.body = fmt::format(R"({{"event_id":"{}","event_type":"{}","version":1,"timestamp":"{}"{}{}}})",
                             event.event_id,
                             event.event_type,
                             to_rfc3339(now),
                             members.empty() ? "" : ",",
                             members);
    return event;
}

} // namespace tandem::messaging
