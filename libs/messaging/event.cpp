#include "libs/messaging/event.hpp"

#include "libs/kernel/uuid.hpp"

#include <array>
#include <fmt/format.h>
#include <iterator>
#include <openssl/evp.h>
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
    return make_event_with_id(uuid_v7(now), std::move(routing_key), fields, now, std::move(context));
}

OutgoingEvent make_event_with_id(
    std::string event_id, std::string routing_key, std::string_view fields, Timestamp now, Context context) {
    OutgoingEvent event;
    event.event_id = std::move(event_id);
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

std::string derived_event_id(std::string_view cause_event_id, std::string_view routing_key) {
    const std::string text = fmt::format("{} {}", cause_event_id, routing_key);
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    if (EVP_Digest(text.data(), text.size(), digest.data(), nullptr, EVP_sha256(), nullptr) != 1) {
        throw std::runtime_error("SHA-256 failed");
    }
    digest[6] = static_cast<unsigned char>((digest[6] & 0x0FU) | 0x80U); // version 8
    digest[8] = static_cast<unsigned char>((digest[8] & 0x3FU) | 0x80U); // variant of RFC 9562
    std::string id;
    for (std::size_t i = 0; i < 16; ++i) {
        const bool dash = i == 4 || i == 6 || i == 8 || i == 10;
        fmt::format_to(std::back_inserter(id), "{}{:02x}", dash ? "-" : "", digest[i]);
    }
    return id;
}

} // namespace tandem::messaging
