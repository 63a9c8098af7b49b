#include "lab/simulation/run/simulate.hpp"

#include "lab/simulation/run/laws.hpp"

#include <boost/asio/io_context.hpp>

namespace tandem::simulation {
namespace {

/// A run that goes on for longer never comes to rest.
constexpr std::uint64_t steps_max = 200'000;

Tally tally_of(Shop& shop) {
    using order::OrderStatus;
    Tally tally;
    for (const auto& [id, state] : shop.order_tables.orders) {
        tally.paid += state.status == OrderStatus::paid ? 1 : 0;
        tally.shipped += state.status == OrderStatus::shipped ? 1 : 0;
        tally.failed += state.status == OrderStatus::failed ? 1 : 0;
        tally.cancelled += state.status == OrderStatus::cancelled ? 1 : 0;
    }
    tally.messages = shop.broker.delivered();
    tally.steps = shop.world().scheduler.steps();
    return tally;
}

} // namespace

Tally& Tally::operator+=(const Tally& other) {
    paid += other.paid;
    shipped += other.shipped;
    failed += other.failed;
    cancelled += other.cancelled;
    messages += other.messages;
    steps += other.steps;
    return *this;
}

Outcome simulate(std::uint64_t seed, Bug bug, Telling telling) {
    boost::asio::io_context loop{BOOST_ASIO_CONCURRENCY_HINT_UNSAFE};
    World world(loop, seed, bug, telling == Telling::told);
    Outcome outcome;
    {
        Shop shop(world);
        People people(shop);
        people.start();
        while (world.violations.empty() && world.scheduler.step()) {
            if (world.scheduler.steps() > steps_max) {
                world.violation("the shop does not come to rest");
            }
        }
        if (world.violations.empty()) {
            check_laws(shop, people);
        }
        outcome.tally = tally_of(shop);
    }
    outcome.violations = world.violations;
    outcome.story = world.story.lines();
    outcome.faults = world.faults.counts();
    outcome.virtual_time = world.scheduler.elapsed();
    return outcome;
}

} // namespace tandem::simulation
