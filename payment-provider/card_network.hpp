#pragma once

#include "libs/kernel/result.hpp"
#include "libs/kernel/task.hpp"
#include "libs/kernel/time.hpp"
#include "payment-provider/journal.hpp"
#include "payment-provider/ledger.hpp"

#include <boost/describe.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <random>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace tandem::provider {

/// How the simulated network behaves; may change while it runs.
struct Behaviour {
    std::int64_t delay_ms = 1000;
    std::int64_t jitter_ms = 0;  ///< each answer takes up to so much longer
    double failure_rate = 0;     ///< 0 to 1: share of requests that fail with 500 before anything happens
    bool outage = false;         ///< everything that concerns cards is refused with 503
    double lose_answer_rate = 0; ///< 0 to 1: share of charges that are made and never answered
};
BOOST_DESCRIBE_STRUCT(Behaviour, (), (delay_ms, jitter_ms, failure_rate, outage, lose_answer_rate))

struct ChargeRequest {
    std::int64_t order_id = 0;
    Money amount;
    std::optional<std::string> payment_method;
};
BOOST_DESCRIBE_STRUCT(ChargeRequest, (), (order_id, amount, payment_method))

/// Names a charge by its id, or by its order when that has one charge only.
struct RefundRequest {
    std::optional<std::string> charge_id;
    std::optional<std::int64_t> order_id;
    std::optional<Money> amount; ///< absent: all that is left
};
BOOST_DESCRIBE_STRUCT(RefundRequest, (), (charge_id, order_id, amount))

/// What became of a charge or refund.
struct Outcome {
    enum class Answer {
        given,
        repeated, ///< the first answer again
        lost,     ///< it happened, and nobody is to be told
        broken,   ///< no answer can be given
    };
    Answer answer = Answer::given;
    Entry entry;
};

/// The rules of the network. One key is one thing that happens: the same request under it again
/// gets the first answer, another request is `invalid`, and one that comes while the first is under
/// way is a `conflict`. Amounts that end in .13 are declined; .14 are charged, and the answer is
/// lost; .15 break twice per key, then succeed. Nothing is answered before it is durable.
class CardNetwork {
public:
    static constexpr std::size_t key_bytes_max = 255;

    CardNetwork(Ledger& ledger, Journal& journal, const Clock& clock, Behaviour behaviour);

    Task<Result<Outcome>> charge(std::string key, ChargeRequest request);
    Task<Result<Outcome>> refund(std::string key, RefundRequest request);

    struct Charge {
        Entry entry;
        Money refunded;
    };
    /// unavailable during an outage.
    Task<Result<std::vector<Charge>>> charges_of(std::int64_t order_id);
    Task<std::vector<Entry>> page(std::int64_t after, std::size_t limit);

    const Behaviour& behaviour() const { return behaviour_; }
    Result<void> behave(Behaviour behaviour);

private:
    Result<std::optional<Entry>> earlier(const std::string& key, std::uint64_t print) const;
    Task<Result<Outcome>> run(std::string key, std::uint64_t print, std::function<Result<Entry>()> decide);
    Task<Result<Outcome>>
    run_once(std::string key, std::uint64_t print, std::function<Result<Entry>()> decide);
    Task<Outcome> when_durable(Outcome outcome);
    Result<Entry> decide_charge(const ChargeRequest& request) const;
    Result<Entry> decide_refund(const RefundRequest& request) const;
    Result<const Entry*> find_charge(const RefundRequest& request) const;
    std::chrono::milliseconds draw_delay();
    bool draw(double rate);
    bool breaks(const std::string& key, const Entry& entry);

    Ledger& ledger_;
    Journal& journal_;
    const Clock& clock_;
    Behaviour behaviour_;
    std::unordered_set<std::string> under_way_;
    std::unordered_map<std::string, int> broken_before_; ///< by key; gone with its success
    std::mt19937_64 random_{std::random_device{}()};
};

} // namespace tandem::provider
