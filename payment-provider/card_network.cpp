#include "payment-provider/card_network.hpp"

#include "libs/async/sleep.hpp"

#include <fmt/format.h>

namespace tandem::provider {
namespace {

constexpr int breaks_per_key = 2;
constexpr std::size_t broken_keys_max = 10'000;
constexpr std::int64_t longest_delay_ms = 600'000;

using Answer = Outcome::Answer;

std::int64_t ending(Money amount) {
    return amount.cents() % 100;
}

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

bool is_rate(double value) {
    return value >= 0 && value <= 1;
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
        co_return fail_field("charge_id", "give either charge_id or order_id");
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
                      (ending(entry->amount) == 14 || draw(behaviour_.lose_answer_rate));
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

Result<Entry> CardNetwork::decide_charge(const ChargeRequest& request) const {
    Entry entry;
    entry.kind = Kind::charge;
    entry.status = ending(request.amount) == 13 ? Status::declined : Status::succeeded;
    entry.order_id = request.order_id;
    entry.amount = request.amount;
    entry.payment_method = request.payment_method.value_or("credit_card");
    return entry;
}

Result<Entry> CardNetwork::decide_refund(const RefundRequest& request) const {
    const auto charge = find_charge(request);
    if (!charge) {
        return fail(charge.error());
    }
    const Money left = (*charge)->amount - ledger_.refunded(**charge);
    const Money amount = request.amount.value_or(left);
    if (left <= Money()) {
        return fail(ErrorKind::conflict, "The charge is refunded already.");
    }
    if (amount <= Money() || amount > left) {
        return fail_field("amount", "must be positive and at most " + left.to_string());
    }
    Entry entry;
    entry.kind = Kind::refund;
    entry.order_id = (*charge)->order_id;
    entry.charge = (*charge)->sequence;
    entry.amount = amount;
    entry.payment_method = (*charge)->payment_method;
    return entry;
}

Result<const Entry*> CardNetwork::find_charge(const RefundRequest& request) const {
    if (request.charge_id) {
        const auto sequence = parse_charge_id(*request.charge_id);
        const Entry* const charge = sequence ? ledger_.charge(*sequence) : nullptr;
        if (charge != nullptr) {
            return charge;
        }
        return fail(ErrorKind::not_found, "There is no such charge.");
    }
    const auto charges = ledger_.charges_of(*request.order_id);
    if (charges.empty()) {
        return fail(ErrorKind::not_found, "The order has no charge.");
    }
    if (charges.size() > 1) {
        return fail(ErrorKind::conflict, "The order has several charges: name one by charge_id.");
    }
    return charges.front();
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

Result<void> CardNetwork::behave(Behaviour behaviour) {
    if (behaviour.delay_ms < 0 || behaviour.delay_ms > longest_delay_ms) {
        return fail_field("delay_ms", "must be 0 to 600000");
    }
    if (behaviour.jitter_ms < 0 || behaviour.jitter_ms > longest_delay_ms) {
        return fail_field("jitter_ms", "must be 0 to 600000");
    }
    if (!is_rate(behaviour.failure_rate)) {
        return fail_field("failure_rate", "must be 0 to 1");
    }
    if (!is_rate(behaviour.lose_answer_rate)) {
        return fail_field("lose_answer_rate", "must be 0 to 1");
    }
    behaviour_ = behaviour;
    return {};
}

std::chrono::milliseconds CardNetwork::draw_delay() {
    std::uniform_int_distribution<std::int64_t> jitter(0, behaviour_.jitter_ms);
    return std::chrono::milliseconds(behaviour_.delay_ms + jitter(random_));
}

bool CardNetwork::draw(double rate) {
    return std::uniform_real_distribution<double>(0, 1)(random_) < rate;
}

bool CardNetwork::breaks(const std::string& key, const Entry& entry) {
    if (entry.kind != Kind::charge || ending(entry.amount) != 15) {
        return false;
    }
    if (broken_before_.size() >= broken_keys_max) {
        broken_before_.clear();
    }
    int& count = broken_before_[key];
    if (count < breaks_per_key) {
        ++count;
        return true;
    }
    broken_before_.erase(key);
    return false;
}

} // namespace tandem::provider
