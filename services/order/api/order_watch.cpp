#include "services/order/api/order_watch.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <utility>

namespace tandem::order {
namespace {

constexpr int come_again_after_s = 5;

Error too_many(ErrorKind kind, const std::string& what) {
    Error error(kind, what + "; ask for the status instead.");
    return error.retry_after(come_again_after_s);
}

} // namespace

struct OrderWatch::State {
    Executor executor;
    std::size_t watchers_max;
    std::multimap<OrderId, Watcher::Place*> places;
    std::map<UserId, std::size_t> of_user; ///< how many; those who have none are not there
};

struct OrderWatch::Watcher::Place {
    Place(std::shared_ptr<State> watch, OrderId order, UserId who)
        : state(std::move(watch)), user(who), event(state->executor),
          entry(state->places.emplace(order, this)) {
        ++state->of_user[user];
    }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    ~Place() {
        state->places.erase(entry);
        if (--state->of_user[user] == 0) {
            state->of_user.erase(user);
        }
    }

    std::shared_ptr<State> state;
    UserId user;
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
    : state_(std::make_shared<State>(State{executor, watchers_max, {}, {}})) {}

OrderWatch::~OrderWatch() = default;

Result<OrderWatch::Watcher> OrderWatch::watch(OrderId order, UserId user) {
    if (state_->places.size() >= state_->watchers_max) {
        return fail(too_many(ErrorKind::unavailable, "Too many order streams are open"));
    }
    const auto own = state_->of_user.find(user);
    if (own != state_->of_user.end() && own->second >= std::max<std::size_t>(state_->watchers_max / 10, 1)) {
        return fail(too_many(ErrorKind::too_many_requests, "You follow too many orders at once"));
    }
    return Watcher(std::make_unique<Watcher::Place>(state_, order, user));
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
