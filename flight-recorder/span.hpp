#pragma once

#include "libs/json/raw.hpp"

#include <cstdint>
#include <string>

namespace tandem::recorder {

/// As OTLP numbers them.
enum class SpanKind { unspecified, internal, server, client, producer, consumer };
enum class SpanStatus { unset, ok, error };

/// A span as it was received. Texts are cut to what `read_spans` allows.
struct Span {
    std::uint64_t id = 0;
    std::uint64_t parent_id = 0; ///< 0: the first of its trace
    std::string service;
    std::string name;
    SpanKind kind = SpanKind::unspecified;
    std::int64_t start_us = 0; ///< since 1970, UTC
    std::int64_t duration_us = 0;
    SpanStatus status = SpanStatus::unset;
    std::string status_message;
    json::Raw attributes; ///< an object; text, since most spans are never asked for

    std::int64_t order_id = 0; ///< `tandem.order_id`; 0: the span names no order
    std::int64_t owner = 0;    ///< `enduser.id`, which means the order's owner only beside an order_id
    bool ends_order = false;   ///< the order became paid, failed or cancelled
    bool settles_mail = false; ///< the mail server took a mail about the order, or refused it for good
};

} // namespace tandem::recorder
