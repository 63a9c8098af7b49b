#include "libs/messaging/amqp_message.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <simdjson.h>

namespace tandem::messaging {
namespace {

constexpr std::size_t error_bytes_max = 1'000;
constexpr std::size_t short_text_bytes_max = 255; // AMQP 0-9-1, section 4.2.5.3: short strings
constexpr int attempts_max = 1'000'000;

void refuse_long(std::string_view name, std::string_view text) {
    if (text.size() > short_text_bytes_max) {
        throw std::invalid_argument(std::string(name) + " is longer than 255 bytes");
    }
}

char to_lower(char character) {
    const bool upper = character >= 'A' && character <= 'Z';
    return upper ? static_cast<char>(character - 'A' + 'a') : character;
}

const amqp_field_value_t* find_header(const amqp_message_t& message, std::string_view name) {
    if ((message.properties._flags & AMQP_BASIC_HEADERS_FLAG) == 0) {
        return nullptr;
    }
    const amqp_table_t& headers = message.properties.headers;
    for (int i = 0; i < headers.num_entries; ++i) {
        if (to_view(headers.entries[i].key) == name) {
            return &headers.entries[i].value;
        }
    }
    return nullptr;
}

std::int64_t integer_header(const amqp_message_t& message, std::string_view name, std::int64_t fallback) {
    const amqp_field_value_t* header = find_header(message, name);
    if (header == nullptr) {
        return fallback;
    }
    switch (header->kind) {
    case AMQP_FIELD_KIND_I64:
        return header->value.i64;
    case AMQP_FIELD_KIND_I32:
        return header->value.i32;
    case AMQP_FIELD_KIND_I16:
        return header->value.i16;
    case AMQP_FIELD_KIND_I8:
        return header->value.i8;
    default:
        return fallback;
    }
}

std::string text_property(const amqp_message_t& message, amqp_flags_t flag, amqp_bytes_t value) {
    return (message.properties._flags & flag) != 0 ? std::string(to_view(value)) : std::string();
}

std::string text_member(simdjson::ondemand::document& document, std::string_view name) {
    std::string_view text;
    const bool found = document.find_field_unordered(name).get_string().get(text) == simdjson::SUCCESS;
    return found ? std::string(text) : std::string();
}

/// Publishers that are not ours may leave the AMQP properties out; the body says the same.
void complete_from_body(Delivery& delivery) {
    simdjson::ondemand::parser parser;
    simdjson::ondemand::document document;
    const simdjson::padded_string padded(delivery.body);
    if (parser.iterate(padded).get(document) != simdjson::SUCCESS) {
        return;
    }
    if (delivery.event_id.empty()) {
        delivery.event_id = text_member(document, "event_id");
    }
    if (delivery.event_type.empty()) {
        delivery.event_type = text_member(document, "event_type");
    }
}

amqp_basic_properties_t properties_of(const WireMessage& message, const std::string& app_id) {
    using namespace std::chrono;
    amqp_basic_properties_t properties{};
    properties._flags = AMQP_BASIC_CONTENT_TYPE_FLAG | AMQP_BASIC_DELIVERY_MODE_FLAG |
                        AMQP_BASIC_MESSAGE_ID_FLAG | AMQP_BASIC_TYPE_FLAG | AMQP_BASIC_APP_ID_FLAG |
                        AMQP_BASIC_TIMESTAMP_FLAG | AMQP_BASIC_HEADERS_FLAG;
    properties.content_type = to_bytes("application/json");
    properties.delivery_mode = AMQP_DELIVERY_PERSISTENT;
    properties.message_id = to_bytes(message.event_id);
    properties.type = to_bytes(message.event_type);
    properties.app_id = to_bytes(app_id);
    properties.timestamp =
        static_cast<std::uint64_t>(duration_cast<seconds>(system_clock::now().time_since_epoch()).count());
    return properties;
}

AmqpTable headers_of(const WireMessage& message) {
    AmqpTable headers;
    if (!message.context.traceparent.empty()) {
        headers.add("traceparent", message.context.traceparent);
    }
    if (!message.context.request_id.empty()) {
        headers.add("x-request-id", message.context.request_id);
    }
    if (message.attempt > 1) {
        headers.add("x-attempt", message.attempt);
    }
    if (!message.original_routing_key.empty()) {
        headers.add("x-original-routing-key", message.original_routing_key);
    }
    if (!message.error.empty()) {
        headers.add("x-error", message.error);
    }
    return headers;
}

} // namespace

WireMessage to_wire(OutgoingEvent event) {
    refuse_long("routing_key", event.routing_key);
    refuse_long("event_id", event.event_id);
    refuse_long("event_type", event.event_type);
    WireMessage message;
    message.exchange = events_exchange;
    message.routing_key = std::move(event.routing_key);
    message.event_id = std::move(event.event_id);
    message.event_type = std::move(event.event_type);
    message.body = std::move(event.body);
    message.context = std::move(event.context);
    return message;
}

WireMessage to_wire(Delivery delivery, std::string queue, std::string error) {
    error.resize(std::min(error.size(), error_bytes_max));
    WireMessage message;
    message.routing_key = std::move(queue);
    message.event_id = delivery.event_id.substr(0, short_text_bytes_max);
    message.event_type = delivery.event_type.substr(0, short_text_bytes_max);
    message.body = std::move(delivery.body);
    message.context = std::move(delivery.context);
    message.attempt = delivery.attempt;
    message.original_routing_key = std::move(delivery.routing_key);
    message.error = std::move(error);
    return message;
}

void publish(AmqpConnection& connection, const std::string& app_id, const WireMessage& message) {
    AmqpTable headers = headers_of(message);
    amqp_basic_properties_t properties = properties_of(message, app_id);
    properties.headers = headers.view();
    constexpr amqp_boolean_t mandatory = 1;
    constexpr amqp_boolean_t immediate = 0;
    connection.check("publish",
                     amqp_basic_publish(connection.get(),
                                        AmqpConnection::channel,
                                        to_bytes(message.exchange),
                                        to_bytes(message.routing_key),
                                        mandatory,
                                        immediate,
                                        &properties,
                                        to_bytes(message.body)));
}

std::string text_header(const amqp_message_t& message, std::string_view name) {
    const amqp_field_value_t* header = find_header(message, name);
    const bool is_text =
        header != nullptr && (header->kind == AMQP_FIELD_KIND_UTF8 || header->kind == AMQP_FIELD_KIND_BYTES);
    return is_text ? std::string(to_view(header->value.bytes)) : std::string();
}

Delivery to_delivery(std::string_view routing_key, bool redelivered, const amqp_message_t& message) {
    Delivery delivery;
    delivery.event_id = text_property(message, AMQP_BASIC_MESSAGE_ID_FLAG, message.properties.message_id);
    delivery.event_type = text_property(message, AMQP_BASIC_TYPE_FLAG, message.properties.type);
    delivery.routing_key = text_header(message, "x-original-routing-key");
    if (delivery.routing_key.empty()) {
        delivery.routing_key = routing_key;
    }
    delivery.body = to_view(message.body);
    delivery.context = {text_header(message, "traceparent"), text_header(message, "x-request-id")};
    const std::int64_t attempt = integer_header(message, "x-attempt", 1);
    delivery.attempt = static_cast<int>(std::clamp<std::int64_t>(attempt, 1, attempts_max));
    delivery.redelivered = redelivered;
    if (delivery.event_id.empty() || delivery.event_type.empty()) {
        complete_from_body(delivery);
    }
    // PostgreSQL gives a UUID back in lower case, and the inbox compares texts.
    std::ranges::transform(delivery.event_id, delivery.event_id.begin(), to_lower);
    return delivery;
}

} // namespace tandem::messaging
