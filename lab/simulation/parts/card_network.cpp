#include "lab/simulation/parts/card_network.hpp"

#include <algorithm>

namespace tandem::simulation {

using payment::ProviderAnswer;
using Kind = ProviderAnswer::Kind;

namespace {

constexpr std::chrono::milliseconds patience{3'000};

} // namespace

ProviderAnswer CardNetwork::charge(const std::string& key, std::int64_t order, Money amount) {
    const auto [place, is_new] = answers_.try_emplace(key);
    if (is_new) {
        if (world_.dice.chance(120)) {
            place->second = {Kind::declined, "The card was declined."};
        } else {
            charges_.push_back({"ch_" + std::to_string(charges_.size() + 1), order, amount, Money()});
            place->second = {Kind::charged, charges_.back().id};
        }
        world_.story.tell("card network",
                          "order {}: {} {}",
                          order,
                          place->second.kind == Kind::charged ? "charges" : "declines",
                          amount.to_string());
    }
    return place->second;
}

ProviderAnswer CardNetwork::refund(const std::string& key, const std::string& charge) {
    const auto [place, is_new] = answers_.try_emplace(key, ProviderAnswer{Kind::refunded, ""});
    const auto found = std::ranges::find(charges_, charge, &Charge::id);
    if (is_new && found != charges_.end()) {
        found->refunded += found->amount;
        world_.story.tell("card network", "order {}: refunds {}", found->order, found->amount.to_string());
    }
    return place->second;
}

const CardNetwork::Charge* CardNetwork::find(std::int64_t order) const {
    const auto found = std::ranges::find(charges_, order, &Charge::order);
    return found == charges_.end() ? nullptr : &*found;
}

Task<ProviderAnswer> SimulatedProvider::call(std::string name, Call call) {
    world_.story.tell(node_.name(), "calls the provider: {}", name);
    if (world_.strikes(Fault::provider_refused, node_.name())) {
        co_await node_.sleep(world_.between_us(500, 2'000));
        co_return ProviderAnswer{Kind::refused, "status 503"};
    }
    const bool slow = world_.strikes(Fault::provider_slow, node_.name());
    const bool lost = world_.strikes(Fault::provider_answer_lost, node_.name());
    const Duration work = slow ? world_.between_ms(500, 20'000) : world_.between_ms(1, 40);
    const Kind unanswered = world_.has(Bug::timeout_is_refusal) ? Kind::refused : Kind::unknown;
    auto answer = std::make_shared<ProviderAnswer>(ProviderAnswer{unanswered, "no answer in time"});
    world_.scheduler.after(work, [&network = network_, answer, call = std::move(call), lost] {
        ProviderAnswer given = call(network);
        if (!lost) {
            *answer = std::move(given);
        }
    });
    co_await node_.sleep(lost ? patience : std::min<Duration>(work + Duration(300), patience));
    world_.story.tell(node_.name(),
                      "{}: {}",
                      name,
                      answer->kind == unanswered ? "nobody knows what came of it" : "is answered");
    co_return *answer;
}

Task<ProviderAnswer> SimulatedProvider::charge(payment::Purchase purchase) {
    const std::int64_t order = purchase.order.value();
    std::string key = "charge-order-" + std::to_string(order);
    if (world_.has(Bug::fresh_key)) {
        key += "-" + std::to_string(++world_.ids);
    }
    auto answer = co_await call("charge order " + std::to_string(order),
                                [key, order, amount = purchase.amount](CardNetwork& network) {
                                    return network.charge(key, order, amount);
                                });
    co_return answer;
}

Task<ProviderAnswer> SimulatedProvider::find_charge(payment::Purchase purchase) {
    const std::int64_t order = purchase.order.value();
    auto answer =
        co_await call("find the charge of order " + std::to_string(order), [order](CardNetwork& network) {
            const CardNetwork::Charge* charge = network.find(order);
            return charge == nullptr ? ProviderAnswer{Kind::no_charge, ""}
                                     : ProviderAnswer{Kind::charged, charge->id};
        });
    co_return answer;
}

Task<ProviderAnswer> SimulatedProvider::refund(payment::Purchase purchase, std::string transaction_id) {
    const std::int64_t order = purchase.order.value();
    const std::string number = std::to_string(order);
    auto answer = co_await call("refund order " + number, [number, transaction_id](CardNetwork& network) {
        return network.refund("refund-order-" + number, transaction_id);
    });
    if (answer.kind == Kind::unknown) {
        answer = co_await call("find the refund of order " + number, [order](CardNetwork& network) {
            const CardNetwork::Charge* charge = network.find(order);
            const bool all = charge != nullptr && charge->refunded == charge->amount;
            return all ? ProviderAnswer{Kind::refunded, ""}
                       : ProviderAnswer{Kind::unknown, "not refunded yet"};
        });
    }
    co_return answer;
}

} // namespace tandem::simulation
