#pragma once

#include <string>

namespace tandem {

/// Where a piece of work came from. It travels with the work: through HTTP headers, into outbox
/// rows, through the broker, and so ties together what a customer's one click did everywhere.
struct Context {
    std::string traceparent; ///< W3C Trace Context, level 1: "00-<32 hex>-<16 hex>-01", or empty
    std::string request_id;  ///< X-Request-Id of the request that began it, or empty
};

} // namespace tandem
