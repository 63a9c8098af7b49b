#include "services/payment/infrastructure/payment_worker.hpp"

#include "libs/async/keep_going.hpp"
#include "libs/kernel/unavailable.hpp"
#include "libs/telemetry/log.hpp"
#include "libs/telemetry/metrics.hpp"
#include "libs/telemetry/trace.hpp"

#include <algorithm>
#include <utility>

namespace tandem::payment {
namespace {

constexpr std::size_t claim_max = 64;

/// Sets a flag for as long as it lives.
class Flagged {
public:
    explicit Flagged(bool& flag) : flag_(flag) { flag_ = true; }
    ~Flagged() { flag_ = false; }
    Flagged(const Flagged&) = delete;
    Flagged& operator=(const Flagged&) = delete;

private:
    bool& flag_;
};

telemetry::Gauge in_hand() {
    static const auto gauge =
        telemetry::gauge("tandem_payments_in_hand", "Payments whose turn is under way.");
    return gauge;
}

telemetry::Histogram turn_duration() {
    static const auto histogram =
        telemetry::histogram("tandem_payment_turn_duration_seconds", "From a payment's claim to its result.");
    return histogram;
}

/// Of one turn: an attempt to bring the payment to its end. What it calls and announces is its child.
telemetry::Span start_span(Payment& payment) {
    Payment::State state = payment.state();
    Purchase& purchase = state.purchase;
    auto span = telemetry::Span::start("payment attempt", purchase.origin);
    span.about_order(purchase.order.value(), purchase.user.value());
    span.attribute("tandem.payment.attempt", state.attempts);
    purchase.origin = span.context();
    payment = Payment(std::move(state));
    return span;
}

} // namespace

PaymentWorker::PaymentWorker(Executor executor, Charging& charging, async::Event& due, WorkerOptions options)
    : charging_(charging), due_(due), options_(options), turns_(executor) {}

Task<> PaymentWorker::run() {
    const Flagged flagged(running_);
    async::Turn look_again = [this] { return look(); };
    co_await async::keep_going("payment worker", std::move(look_again));
}

Task<bool> PaymentWorker::look() {
    const std::size_t begun = co_await begin_turns();
    if (begun == 0) {
        co_await due_.wait_for(options_.scan_every);
    }
    co_return true;
}

Task<std::size_t> PaymentWorker::begin_turns() {
    const std::size_t free = options_.concurrency - turns_.size();
    std::vector<Payment> claimed;
    if (free > 0) {
        try {
            claimed = co_await charging_.claim(std::min(free, claim_max));
        } catch (const Unavailable& error) {
            telemetry::log_warn("no payments could be claimed", {{"reason", error.what()}});
        }
    }
    for (Payment& payment : claimed) {
        turns_.spawn("payment turn", take_turn(std::move(payment)));
    }
    in_hand().set(static_cast<double>(turns_.size()));
    co_return claimed.size();
}

Task<> PaymentWorker::take_turn(Payment payment) {
    const auto begin = std::chrono::steady_clock::now();
    auto span = start_span(payment);
    const Status before = payment.state().status;
    const bool is_held_up = charging_.is_held_up();
    try {
        const Status after = co_await charging_.take_turn(std::move(payment));
        span.attribute("tandem.payment.status", to_string(after));
        if (is_held_up && after == before) {
            span.fail("the circuit breaker is open");
        }
    } catch (const Unavailable& error) {
        span.fail(error.what());
        // Taken again when its lease is over.
        telemetry::log_warn("a payment's turn could not be stored", {{"reason", error.what()}});
    }
    turn_duration().observe(std::chrono::steady_clock::now() - begin);
    due_.notify();
}

Task<> PaymentWorker::drain() {
    co_await turns_.join();
}

} // namespace tandem::payment
