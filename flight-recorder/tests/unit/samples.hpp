#pragma once

#include "flight-recorder/otlp_request.hpp"
#include "libs/kernel/time.hpp"

#include <fmt/format.h>

namespace tandem::recorder::samples {

inline constexpr Timestamp noon{std::chrono::hours(12)};

inline std::string trace(int number) {
    return fmt::format("{:032x}", number);
}

/// A span of `order_id` (0: of none) that belongs to nobody.
inline ReceivedSpan span(int trace_number, std::uint64_t id, std::int64_t order_id = 0) {
    Span made{.id = id, .service = "order-service", .name = "step"};
    made.attributes.text = "{}";
    made.start_us = static_cast<std::int64_t>(id);
    made.order_id = order_id;
    return {trace(trace_number), std::move(made)};
}

/// An ExportTraceServiceRequest with one span of the order service that has `members`.
inline std::string request(const std::string& members) {
    return R"({"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":)"
           R"("order-service"}}]},"scopeSpans":[{"spans":[{)" +
           members + "}]}]}]}";
}

inline std::string members(const std::string& attributes) {
    return R"("traceId":"5B8EFFF798038103D269B633813FC60C","spanId":"eee19b7ec3c1b174",)"
           R"("parentSpanId":"eee19b7ec3c1b173","name":"store order.paid","kind":1,)"
           R"("startTimeUnixNano":"1544712660000000000","endTimeUnixNano":1544712661000500999,)"
           R"("attributes":[)" +
           attributes + R"(],"status":{"code":2,"message":"declined"},"events":[{"name":"x"}])";
}

inline std::string attribute(const std::string& key, const std::string& value) {
    return R"({"key":")" + key + R"(","value":)" + value + "}";
}

} // namespace tandem::recorder::samples
