#pragma once

#include "libs/telemetry/trace.hpp"
#include "services/order/core/held_orders.hpp"

#include <string_view>
#include <vector>

namespace tandem::order {

/// Spans of a transaction that moves orders on: "store order.paid", one a change, each a child of what
/// caused it. They end when this goes out of scope. `tandem.order.event` is what happened,
/// `tandem.order.status` what the order is then.
class ChangeSpans {
public:
    /// `began`: when the transaction did. Puts each span's context into its change, so that the event is
    /// published as the span's child.
    ChangeSpans(std::vector<Change>& changes, Timestamp began);

    void fail(std::string_view reason);

private:
    std::vector<telemetry::Span> spans_;
};

} // namespace tandem::order
