#include "lab/simulation/processes/payment_process.hpp"

#include "libs/kernel/unavailable.hpp"

namespace tandem::simulation {

namespace {

constexpr std::size_t claim_max = 64;
constexpr std::chrono::milliseconds scan_every{250};

} // namespace

PaymentProgram::Settings::Settings(Dice& dice) {
    if (dice.chance(400)) {
        rules.give_up = std::chrono::milliseconds(dice.between(2'000, 15'000));
    }
    if (dice.chance(400)) {
        breaker.failures_max = 2;
    }
}

PaymentProgram::PaymentProgram(World& world,
                               Broker& broker,
                               PaymentTables& tables,
                               CardNetwork& network,
                               const Settings& settings,
                               Node& node)
    : world_(world), node_(node), tables_(tables), relay_(world, broker, node, tables.store), due_(node),
      payments_(
          tables, node, [this] { due_.notify(); }, [this] { relay_.wake(); }),
      provider_(world, network, node), breaker_(settings.breaker),
      charging_(payments_,
                provider_,
                breaker_,
                world.scheduler,
                settings.rules,
                [&world] { return world.dice.fraction(); }),
      events_(payments_, world.scheduler),
      consumer_(world, broker, node, messaging::shop_queue("payment_service_queue"), {}, [this](auto batch) {
          return events_.handle(std::move(batch));
      }) {}

void PaymentProgram::start() {
    relay_.start();
    consumer_.start();
    node_.spawn(work());
}

/// The service scans every 250 ms; here it sleeps until a payment may be due.
Task<> PaymentProgram::work() {
    for (;;) {
        const std::size_t begun = co_await begin_turns();
        if (begun > 0) {
            continue;
        }
        if (const auto next = tables_.next_due()) {
            const auto left = *next - world_.scheduler.now();
            co_await due_.wait_for(std::max<Duration>(left, Duration(0)) + scan_every);
        } else {
            co_await due_.wait();
        }
    }
}

Task<std::size_t> PaymentProgram::begin_turns() {
    std::vector<payment::Payment> claimed;
    try {
        claimed = co_await charging_.claim(claim_max);
    } catch (const std::exception& error) {
        world_.story.tell(node_.name(), "claims nothing: {}", error.what());
    }
    for (payment::Payment& payment : claimed) {
        node_.spawn(take_turn(std::move(payment)));
    }
    co_return claimed.size();
}

Task<> PaymentProgram::take_turn(payment::Payment payment) {
    try {
        co_await charging_.take_turn(std::move(payment));
    } catch (const Unavailable& error) {
        world_.story.tell(node_.name(), "a turn is not stored: {}", error.what());
    }
    due_.notify();
}

} // namespace tandem::simulation
