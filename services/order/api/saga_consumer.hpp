#pragma once

#include "libs/messaging/broker.hpp"
#include "services/order/core/saga.hpp"

namespace tandem::order {

/// Brings what comes on order_updates_queue to the saga, a batch at a time.
class SagaConsumer {
public:
    explicit SagaConsumer(Saga& saga) : saga_(saga) {}

    /// dead: malformed; retry: about an order that is not there yet; done: all else.
    Task<std::vector<messaging::Verdict>> handle(std::vector<messaging::Delivery> batch);

private:
    Saga& saga_;
};

} // namespace tandem::order
