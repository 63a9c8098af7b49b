#include "lab/simulation/parts/relay.hpp"

#include "libs/messaging/wakeup.hpp"

#include <algorithm>

namespace tandem::simulation {
namespace {

constexpr std::chrono::milliseconds other_relay_pause{25};

/// The advisory lock of a pass: it goes with its transaction, whatever becomes of the process.
class InHand {
public:
    explicit InHand(Store::Outbox& outbox) : outbox_(outbox) { outbox_.in_hand = true; }
    ~InHand() { outbox_.in_hand = false; }
    InHand(const InHand&) = delete;
    InHand& operator=(const InHand&) = delete;

private:
    Store::Outbox& outbox_;
};

} // namespace

Relaying::Relaying(World& world, Broker& broker, Node& node, Store& store)
    : world_(world), node_(node), store_(store), publishing_(world, broker, node), woken_(node),
      place_(store.outbox().relays.size()) {
    store.outbox().relays.emplace_back([this] { woken_.notify(); });
}

Relaying::~Relaying() {
    store_.outbox().relays[place_] = [] {};
}

Task<> Relaying::run() {
    messaging::Backoff backoff;
    for (;;) {
        if (store_.outbox().events.empty()) {
            co_await woken_.wait();
            continue;
        }
        bool passed = false;
        try {
            passed = co_await pass();
        } catch (const std::exception& error) {
            world_.story.tell(node_.name(), "relay: {}", error.what());
        }
        if (passed) {
            backoff.reset();
        } else {
            co_await woken_.wait_for(backoff.next());
        }
    }
}

Task<bool> Relaying::pass() {
    co_await store_.reach(node_);
    Store::Outbox& outbox = store_.outbox();
    if (outbox.in_hand) {
        co_await node_.sleep(other_relay_pause);
        co_return true;
    }
    const InHand in_hand(outbox);
    std::vector<messaging::OutgoingEvent> events(outbox.events.begin(), outbox.events.end());
    std::vector<std::string> ids;
    for (const auto& event : events) {
        ids.push_back(event.event_id);
    }
    co_await store_.come_back(node_);
    if (world_.has(Bug::mark_before_confirm)) {
        co_await take_out(ids);
    }
    const auto confirmed = co_await publishing_.try_publish(std::move(events));
    std::vector<std::string> published;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        if (confirmed[i]) {
            published.push_back(ids[i]);
        }
    }
    if (!published.empty()) {
        co_await take_out(published);
    }
    co_return !published.empty();
}

Task<> Relaying::take_out(std::vector<std::string> event_ids) {
    co_await store_.reach(node_);
    std::erase_if(store_.outbox().events, [&](const messaging::OutgoingEvent& event) {
        return std::ranges::find(event_ids, event.event_id) != event_ids.end();
    });
    co_await store_.come_back(node_);
}

} // namespace tandem::simulation
