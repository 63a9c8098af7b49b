#include "payment-provider/card_network.hpp"

#include "libs/async/sleep.hpp"

#include <fmt/format.h>

namespace tandem::provider {
namespace {

using Answer = Outcome::Answer;

/// Holds a key while its request is under way.
class UnderWay {
public:
    UnderWay(std::unordered_set<std::string>& keys, const std::string& key)
        : keys_(keys), place_(keys.insert(key).first) {}
    ~UnderWay() { keys_.erase(place_); }
    UnderWay(const UnderWay&) = delete;
    UnderWay& operator=(const UnderWay&) = delete;

private:
    std::unordered_set<std::string>& keys_;
    std::unordered_set<std::string>::iterator place_;
};

std::unexpected<Error> outage() {
    return fail(ErrorKind::unavailable, "The card network is out of order.");
}

} // namespace

CardNetwork::CardNetwork(Ledger& ledger, Journal& journal, const Clock& clock, Behaviour behaviour)
    : ledger_(ledger), journal_(journal), clock_(clock), behaviour_(behaviour) {}

Task<Result<Outcome>> CardNetwork::charge(std::string key, ChargeRequest request) {
    if (request.order_id <= 0) {
        co_return fail_field("order_id", "must be positive");
    }
    if (request.amount <= Money()) {
        co_return fail_field("amount", "must be positive");
    }
    const std::string text = fmt::format(
        "charge {} {} {}", request.order_id, request.amount.cents(), request.payment_method.value_or(""));
    auto decide = [this, request] { return decide_charge(request); };
    auto outcome = co_await run(std::move(key), fingerprint(text), std::move(decide));
    co_return outcome;
}

Task<Result<Outcome>> CardNetwork::refund(std::string key, RefundRequest request) {
    if (request.charge_id.has_value() == request.order_id.has_value()) {
        co_return fail_field("charge_id", "or the field 'order_id' must be given, and not both");
    }
    const std::string text = fmt::format("refund {} {} {}",
                                         request.charge_id.value_or(""),
                                         request.order_id.value_or(0),
                                         request.amount.value_or(Money()).cents());
    auto decide = [this, request] { return decide_refund(request); };
    auto outcome = co_await run(std::move(key), fingerprint(text), std::move(decide));
    co_return outcome;
}

Result<std::optional<Entry>> CardNetwork::earlier(const std::string& key, std::uint64_t print) const {
    const Entry* const entry = ledger_.with_key(key);
    if (entry == nullptr) {
        return std::nullopt;
    }
    if (entry->fingerprint != print) {
        return fail_field("Idempotency-Key", "was used for another request");
    }
    return *entry;
}

Task<Result<Outcome>>
CardNetwork::run(std::string key, std::uint64_t print, std::function<Result<Entry>()> decide) {
    if (behaviour_.outage) {
        co_return outage();
    }
    auto before = earlier(key, print);
    if (!before) {
        co_return fail(before.error());
    }
    if (*before) {
        auto repeated = co_await when_durable({Answer::repeated, **before});
        co_return repeated;
    }
    if (under_way_.contains(key)) {
        co_return fail(ErrorKind::conflict, "A request with this Idempotency-Key is under way.");
    }
    const UnderWay hold(under_way_, key);
    auto outcome = co_await run_once(key, print, std::move(decide));
    co_return outcome;
}

Task<Result<Outcome>>
CardNetwork::run_once(std::string key, std::uint64_t print, std::function<Result<Entry>()> decide) {
    co_await async::sleep_for(draw_delay());
    if (behaviour_.outage) {
        co_return outage();
    }
    if (draw(behaviour_.failure_rate)) {
        co_return Outcome{Answer::broken, {}};
    }
    auto entry = decide();
    if (!entry) {
        co_return fail(entry.error());
    }
    if (breaks(key, *entry)) {
        co_return Outcome{Answer::broken, {}};
    }
    if (ledger_.full()) {
        co_return fail(ErrorKind::unavailable, "The ledger is full.");
    }
    entry->idempotency_key = key;
    entry->fingerprint = print;
    entry->created_at = clock_.now();
    const bool lost = entry->kind == Kind::charge && entry->status == Status::succeeded &&
                      (cents_of(entry->amount) == 14 || draw(behaviour_.lose_answer_rate));
    // Decided and in the ledger before anyone else runs; answered once it is on disk.
    const Entry& added = ledger_.add(*std::move(entry));
    journal_.append(to_json(added));
    auto outcome = co_await when_durable({lost ? Answer::lost : Answer::given, added});
    co_return outcome;
}

Task<Outcome> CardNetwork::when_durable(Outcome outcome) {
    try {
        co_await journal_.flush();
    } catch (const Unavailable&) {
        // It may be on disk or not: that is no refusal (503).
        outcome.answer = Answer::broken;
    }
    co_return outcome;
}

Task<Result<std::vector<CardNetwork::Charge>>> CardNetwork::charges_of(std::int64_t order_id) {
    if (behaviour_.outage) {
        co_return outage();
    }
    std::vector<Charge> found;
    for (const Entry* charge : ledger_.charges_of(order_id)) {
        found.push_back({*charge, ledger_.refunded(*charge)});
    }
    co_await journal_.flush();
    co_return found;
}

Task<std::vector<Entry>> CardNetwork::page(std::int64_t after, std::size_t limit) {
    std::vector<Entry> entries;
    for (const Entry* entry : ledger_.page(after, limit)) {
        entries.push_back(*entry);
    }
    co_await journal_.flush();
    co_return entries;
}

} // namespace tandem::provider
