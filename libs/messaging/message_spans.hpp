#pragma once

#include "libs/messaging/judge.hpp"
#include "libs/telemetry/trace.hpp"

#include <string_view>
#include <vector>

/// Spans of messages, named and described as OpenTelemetry's "Messaging spans" say. A message carries the
/// context of its producer's span, so that every consumer's span is a child of that.
namespace tandem::messaging {

/// "publish order.created": from being taken to the broker's confirm. Puts its own context into the event.
/// How long the event had waited is told as `tandem.outbox.wait_ms`, to the millisecond of its UUIDv7.
telemetry::Span start_publish_span(OutgoingEvent& event);

/// "process order.created", one a delivery, in the delivery's own trace: what a handler does with a batch.
class ProcessSpans {
public:
    /// `system`: "rabbitmq", or what else brought them. Puts each span's context into its delivery.
    ProcessSpans(std::string_view system, std::string_view queue, std::vector<Delivery>& batch);

    /// Ends the spans with `tandem.message.outcome`: done, duplicate, retried, or dead_lettered; an error
    /// but for the first two. `attempts_max`: with that attempt a message is not retried any more.
    void end(const std::vector<Judgement>& judgements, int attempts_max);
    /// Ends them as given_back, an error: nobody has judged, and the deliveries come again.
    void give_back();

private:
    struct Open {
        std::size_t place; ///< in the batch
        int attempt;
        telemetry::Span span;
    };
    std::vector<Open> open_; // none when nothing is exported
};

} // namespace tandem::messaging
