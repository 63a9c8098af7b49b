#include "services/order/api/order_watch.hpp"

#include <limits>
#include <map>
#include <utility>

namespace tandem::order {

struct OrderWatch::State {
    Executor executor;
    std::size_t watchers_max;
    std::multimap<OrderId, Watcher::Place*> places;
};

struct OrderWatch::Watcher::Place {
    Place(std::shared_ptr<State> watch, OrderId order)
        : state(std::move(watch)), event(state->executor), entry(state->places.emplace(order, this)) {}
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    ~Place() { state->places.erase(entry); }

    std::shared_ptr<State> state;
    async::Event event;
    int known_version = 0;
    std::multimap<OrderId, Place*>::iterator entry;
};

OrderWatch::Watcher::Watcher(std::unique_ptr<Place> place) : place_(std::move(place)) {}
OrderWatch::Watcher::Watcher(Watcher&&) noexcept = default;
OrderWatch::Watcher::~Watcher() = default;

Task<bool> OrderWatch::Watcher::news(std::chrono::milliseconds timeout) {
    return place_->event.wait_for(timeout);
}

void OrderWatch::Watcher::knows(int version) {
    place_->known_version = version;
}

OrderWatch::OrderWatch(Executor executor, std::size_t watchers_max)
    : state_(std::make_shared<State>(State{executor, watchers_max, {}})) {}

OrderWatch::~OrderWatch() = default;

std::optional<OrderWatch::Watcher> OrderWatch::watch(OrderId order) {
    if (state_->places.size() >= state_->watchers_max) {
        return std::nullopt;
    }
    return Watcher(std::make_unique<Watcher::Place>(state_, order));
}

void OrderWatch::notify(const std::vector<OrderId>& orders) {
    for (const OrderId order : orders) {
        heard(order, std::numeric_limits<int>::max());
    }
}

void OrderWatch::heard(OrderId order, int version) {
    const auto [first, last] = state_->places.equal_range(order);
    for (auto place = first; place != last; ++place) {
        if (place->second->known_version < version) {
            place->second->event.notify();
        }
    }
}

std::vector<OrderId> OrderWatch::watched() const {
    std::vector<OrderId> orders;
    for (const auto& [order, place] : state_->places) {
        if (orders.empty() || orders.back() != order) {
            orders.push_back(order);
        }
    }
    return orders;
}

} // namespace tandem::order
