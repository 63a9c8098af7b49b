#include "services/order/api/saga_consumer.hpp"

#include "services/order/api/saga_messages.hpp"

namespace tandem::order {

using messaging::Verdict;

namespace {

Verdict verdict_of(Saga::Outcome outcome) {
    switch (outcome) {
    case Saga::Outcome::followed:
        return Verdict::done;
    case Saga::Outcome::repeated:
        return Verdict::duplicate;
    case Saga::Outcome::unknown:
        break;
    }
    return Verdict::retry;
}

} // namespace

Task<std::vector<Verdict>> SagaConsumer::handle(std::vector<messaging::Delivery> batch) {
    std::vector<Verdict> verdicts(batch.size(), Verdict::done);
    std::vector<Fact> facts;
    std::vector<std::size_t> places; // of the facts in the batch
    for (std::size_t place = 0; place < batch.size(); ++place) {
        ReadMessage message = read_message(batch[place]);
        if (message.kind == ReadMessage::Kind::malformed) {
            verdicts[place] = Verdict::dead;
        } else if (message.fact) {
            facts.push_back(*std::move(message.fact));
            places.push_back(place);
        }
    }
    if (facts.empty()) {
        co_return verdicts;
    }
    const auto outcomes = co_await saga_.follow(std::move(facts));
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        verdicts[places[i]] = verdict_of(outcomes[i]);
    }
    co_return verdicts;
}

} // namespace tandem::order
