#include "services/product/api/order_events_consumer.hpp"

#include "services/product/api/order_events.hpp"

#include <utility>

namespace tandem::product {

using messaging::Verdict;

Task<std::vector<Verdict>> OrderEventsConsumer::handle(std::vector<messaging::Delivery> batch) {
    std::vector<Verdict> verdicts(batch.size(), Verdict::done);
    std::vector<OrderNotice> notices;
    std::vector<std::size_t> places; // of the notices in the batch
    for (std::size_t place = 0; place < batch.size(); ++place) {
        ReadEvent event = read_order_event(batch[place]);
        if (event.kind == ReadEvent::Kind::malformed) {
            verdicts[place] = Verdict::dead;
        } else if (event.kind == ReadEvent::Kind::notice) {
            notices.push_back(std::move(event.notice));
            places.push_back(place);
        }
    }
    const auto settlements = co_await stock_.settle(std::move(notices));
    for (std::size_t index = 0; index < settlements.size(); ++index) {
        if (settlements[index] == StockKeeping::Settlement::premature) {
            verdicts[places[index]] = Verdict::retry;
        }
    }
    co_return verdicts;
}

} // namespace tandem::product
