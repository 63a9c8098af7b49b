#include "services/payment/core/charging.hpp"

#include <algorithm>
#include <utility>

namespace tandem::payment {

using Kind = ProviderAnswer::Kind;

Charging::Charging(Payments& payments,
                   Provider& provider,
                   CircuitBreaker& breaker,
                   const Clock& clock,
                   ChargingRules rules,
                   std::function<double()> random)
    : payments_(payments), provider_(provider, breaker, clock), breaker_(breaker), clock_(clock),
      rules_(rules), random_(std::move(random)) {}

Task<std::vector<Payment>> Charging::claim(std::size_t limit) {
    const Timestamp now = clock_.now();
    const auto state = breaker_.state(now);
    Claim claim{limit, now, rules_.lease, rules_.settle, rules_.give_up, false};
    if (state == CircuitBreaker::State::half_open) {
        claim.limit = std::min<std::size_t>(limit, 1);
    }
    claim.only_given_up = state == CircuitBreaker::State::open;
    auto claimed = co_await payments_.claim(claim);
    co_return claimed;
}

Task<Status> Charging::take_turn(Payment payment) {
    const Change change = co_await act(payment);
    for (;;) {
        change(payment);
        const bool saved = co_await payments_.save(payment, clock_.now());
        if (saved) {
            co_return payment.state().status;
        }
        // Somebody else changed it meanwhile, most likely a void: what we learned is as true as before.
        auto current = co_await payments_.find(payment.state().purchase.order);
        payment = std::move(current).value();
    }
}

Task<Charging::Change> Charging::act(Payment payment) {
    Change change = [](Payment&) {};
    switch (payment.turn(clock_.now(), rules_.give_up)) {
    case Turn::charge:
        change = co_await charge(std::move(payment));
        break;
    case Turn::ask:
        change = co_await ask(std::move(payment));
        break;
    case Turn::refund:
        change = co_await refund(std::move(payment));
        break;
    case Turn::close:
        change = [now = clock_.now()](Payment& closed) { closed.close(now); };
        break;
    case Turn::nothing:
        break;
    }
    co_return change;
}

Task<Charging::Change> Charging::charge(Payment payment) {
    const ProviderAnswer answer = co_await provider_.charge(payment.state().purchase);
    co_return change_for(payment, answer);
}

Task<Charging::Change> Charging::ask(Payment payment) {
    const ProviderAnswer answer = co_await provider_.find_charge(payment.state().purchase);
    if (answer.kind == Kind::charged) {
        co_return change_for(payment, answer);
    }
    if (answer.kind == Kind::no_charge && !payment.unsettled(clock_.now())) {
        co_return [now = clock_.now()](Payment& closed) { closed.close(now); };
    }
    // This turn has charged nothing, whatever the answer was.
    const Timestamp settled = answer.kind == Kind::no_charge ? payment.state().unsettled_until : Timestamp();
    const Timestamp due = std::max(settled, next_try(payment));
    co_return [due](Payment& waiting) { waiting.postpone_refused(due); };
}

Task<Charging::Change> Charging::refund(Payment payment) {
    const ProviderAnswer answer =
        co_await provider_.refund(payment.state().purchase, payment.state().transaction_id.value());
    co_return change_for(payment, answer);
}

Charging::Change Charging::change_for(const Payment& payment, const ProviderAnswer& answer) {
    const Timestamp now = clock_.now();
    const Timestamp due = next_try(payment);
    switch (answer.kind) {
    case Kind::charged:
        return [id = answer.text, now](Payment& paid) { paid.charged(id, now); };
    case Kind::declined:
        return [why = answer.text, now](Payment& declined) { declined.declined(why, now); };
    case Kind::refunded:
        return [now](Payment& refunded) { refunded.refunded(now); };
    case Kind::refused:
        return [due](Payment& waiting) { waiting.postpone_refused(due); };
    case Kind::no_charge:
    case Kind::unknown:
        return [due](Payment& waiting) { waiting.postpone(due); };
    }
    std::unreachable();
}

Timestamp Charging::next_try(const Payment& payment) {
    return clock_.now() + rules_.retry.pause(payment.state().attempts, random_());
}

} // namespace tandem::payment
