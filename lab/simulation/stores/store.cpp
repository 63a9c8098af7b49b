#include "lab/simulation/stores/store.hpp"

#include "libs/kernel/unavailable.hpp"

#include <algorithm>

namespace tandem::simulation {
namespace {

constexpr std::chrono::milliseconds poll_interval{100};

} // namespace

Task<> Store::reach(Node& node) {
    const bool slow = world_.strikes(Fault::store_slow, name_);
    co_await node.sleep(slow ? world_.between_ms(200, 4'000) : world_.between_us(100, 900));
    if (world_.strikes(Fault::store_refused, name_)) {
        throw Unavailable(name_ + " does not answer");
    }
    if (world_.strikes(Fault::statement_failed, name_)) {
        throw Refused(name_ + " refuses a statement");
    }
}

Task<> Store::come_back(Node& node) {
    co_await node.sleep(world_.between_us(100, 900));
    if (world_.strikes(Fault::store_answer_lost, name_)) {
        throw Unavailable(name_ + " was lost before it answered");
    }
}

void Store::expect_in_time(std::chrono::steady_clock::time_point begin_by) const {
    if (world_.scheduler.steady() >= begin_by) {
        throw DeadlineExceeded(name_ + ": past its deadline");
    }
}

Task<std::set<std::string>> Store::fresh_events(Transaction& transaction,
                                                std::vector<std::string> event_ids) {
    std::ranges::sort(event_ids);
    std::set<std::string> fresh;
    for (const std::string& id : event_ids) {
        co_await transaction.lock(Locks::row('i', id));
        if (!inbox_.contains(id) || world_.has(Bug::no_inbox)) {
            fresh.insert(id);
        }
    }
    co_return fresh;
}

void Store::remember(const std::set<std::string>& event_ids) {
    inbox_.insert(event_ids.begin(), event_ids.end());
}

void Store::publish_later(messaging::OutgoingEvent event) {
    world_.rename(event);
    if (world_.has(Bug::no_outbox)) {
        unsent_.push_back(std::move(event));
    } else {
        outbox_.events.push_back(std::move(event));
    }
}

void Store::committed(Node& node) {
    if (!unsent_.empty()) {
        send_at_once(node, std::exchange(unsent_, {}));
    }
    if (outbox_.events.empty()) {
        return;
    }
    world_.scheduler.after(poll_interval, [this] {
        for (const auto& wake : outbox_.relays) {
            wake();
        }
    });
}

} // namespace tandem::simulation
