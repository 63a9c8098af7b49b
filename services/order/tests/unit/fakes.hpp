#pragma once

#include "libs/kernel/unavailable.hpp"
#include "services/order/core/carts.hpp"
#include "services/order/core/dead_letters.hpp"
#include "services/order/core/idempotency_keys.hpp"
#include "services/order/core/orders.hpp"
#include "services/order/core/price_list.hpp"
#include "services/order/tests/unit/order_samples.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace tandem::order::fakes {

/// As a store does before it begins to write.
inline void expect_in_time(Deadline begin_by) {
    if (std::chrono::steady_clock::now() >= begin_by) {
        throw DeadlineExceeded("past its deadline");
    }
}

class CartsInMemory final : public Carts {
public:
    Task<std::vector<RequestedLine>> contents(Caller) override {
        if (down) {
            throw Unavailable("cart service");
        }
        co_return lines;
    }
    Task<> remove_bought(OrderId order, std::vector<OrderLine>, Caller) override {
        emptied_for.push_back(order);
        co_return;
    }

    std::vector<RequestedLine> lines;
    std::vector<OrderId> emptied_for;
    bool down = false;
};

class DeadLettersInMemory final : public DeadLetters {
public:
    bool has_queue(const std::string& queue) const override { return queue == "email_service_queue"; }
    Task<std::vector<DeadLetter>> list(std::size_t max) override {
        expect_there();
        std::vector<DeadLetter> first = letters;
        first.resize(std::min(max, first.size()));
        co_return first;
    }
    Task<std::size_t> replay(std::string, std::size_t) override {
        expect_there();
        co_return std::exchange(letters, {}).size();
    }

    std::vector<DeadLetter> letters;
    bool down = false;

private:
    void expect_there() const {
        if (down) {
            throw Unavailable("broker");
        }
    }
};

class FixedPrices final : public PriceList {
public:
    Task<std::vector<CatalogEntry>> look_up(std::vector<ProductId> products, Caller) override {
        std::vector<CatalogEntry> found;
        for (const CatalogEntry& entry : catalog) {
            if (std::ranges::find(products, entry.product) != products.end()) {
                found.push_back(entry);
            }
        }
        co_return found;
    }

    std::vector<CatalogEntry> catalog{{ProductId(1), "Gaming Laptop", Money::from_cents(129'999)},
                                      {ProductId(2), "Wireless Mouse", Money::from_cents(4'999)}};
};

/// Keeps real events and rebuilds orders from them, as the database does.
class OrdersInMemory final : public Orders {
public:
    struct Kept {
        std::vector<RecordedEvent> events;
        std::string key;
        std::int64_t duration_ms = 0;

        Order order() const {
            Order order;
            for (const RecordedEvent& event : events) {
                order.apply(event.event, event.at);
            }
            return order;
        }
    };

    Task<OrderId> next_id(Deadline begin_by) override {
        expect_in_time(begin_by);
        co_return OrderId(++last_id);
    }

    Task<std::optional<OrderState>> add(NewOrder order) override {
        before_add();
        expect_in_time(order.begin_by);
        for (const auto& [id, kept] : orders) {
            if (!order.idempotency_key.empty() && kept.key == order.idempotency_key) {
                co_return std::nullopt;
            }
        }
        const OrderId id = order.placed.order;
        orders[id] = {{{1, now, "order.created", "{}", std::move(order.placed)}},
                      order.idempotency_key,
                      order.took.count()};
        co_return orders[id].order().state();
    }

    Task<> change(std::vector<OrderId> ids,
                  std::vector<std::string> event_ids,
                  Decide decide,
                  Deadline begin_by) override {
        expect_in_time(begin_by);
        std::map<OrderId, Order> held_orders;
        for (const OrderId id : ids) {
            if (orders.contains(id)) {
                held_orders.emplace(id, orders[id].order());
            }
        }
        std::set<std::string> fresh;
        std::ranges::copy_if(event_ids, std::inserter(fresh, fresh.end()), [this](const std::string& id) {
            return !inbox.contains(id);
        });
        HeldOrders held(std::move(held_orders), std::move(fresh), now);
        decide(held);
        inbox.insert(event_ids.begin(), event_ids.end());
        for (const std::string& id : held.messages_put_back()) {
            inbox.erase(id);
        }
        for (const Change& change : held.changes()) {
            orders[change.after.id].events.push_back({change.after.version, now, "", "{}", change.event});
        }
        co_return;
    }

    Task<std::optional<StoredOrder>> find(OrderId id) override {
        const auto found = orders.find(id);
        if (found == orders.end()) {
            co_return std::nullopt;
        }
        co_return StoredOrder{found->second.order().state(), found->second.duration_ms};
    }

    Task<std::vector<OrderSummary>> list(UserId, std::int64_t, std::int64_t) override {
        co_return std::vector<OrderSummary>();
    }

    Task<std::vector<OrderSummary>> list_all(OrderFilter filter) override {
        filters.push_back(filter);
        co_return std::vector<OrderSummary>(1);
    }

    Task<std::vector<RecordedEvent>> history(OrderId id) override {
        const auto found = orders.find(id);
        co_return found == orders.end() ? std::vector<RecordedEvent>() : found->second.events;
    }

    Task<std::vector<std::pair<OrderId, int>>> versions(std::vector<OrderId> ids) override {
        std::vector<std::pair<OrderId, int>> found;
        for (const OrderId id : ids) {
            found.emplace_back(id, orders.at(id).order().state().version);
        }
        co_return found;
    }

    Task<std::vector<OrderId>> open_since_before(Timestamp moment, std::int64_t limit) override {
        std::vector<OrderId> open;
        for (const auto& [id, kept] : orders) {
            const OrderState state = kept.order().state();
            const bool is_open =
                state.status == OrderStatus::pending || state.status == OrderStatus::processing;
            if (is_open && state.created_at < moment && std::ssize(open) < limit) {
                open.push_back(id);
            }
        }
        co_return open;
    }

    std::map<OrderId, Kept> orders;
    std::set<std::string> inbox;
    std::int64_t last_id = 0;
    Timestamp now = samples::noon;
    std::vector<OrderFilter> filters;
    std::function<void()> before_add = [] {};
};

class KeysInMemory final : public IdempotencyKeys {
public:
    struct Kept {
        std::string request;
        int answer_status;
        bool lease_over = false;
    };
    explicit KeysInMemory(OrdersInMemory& orders) : orders_(orders) {}

    Task<Claim>
    claim(IdempotencyKey key, std::string request, int answer_status, Deadline begin_by) override {
        expect_in_time(begin_by);
        const auto [place, fresh] = keys.try_emplace(key.key, Kept{request, answer_status});
        if (fresh) {
            co_return Claim{Claim::Kind::claimed, OrderId(), 0, "lease"};
        }
        if (place->second.request != request) {
            co_return Claim{Claim::Kind::other_request, OrderId(), 0, ""};
        }
        for (const auto& [id, kept] : orders_.orders) {
            if (kept.key == key.key) {
                co_return Claim{Claim::Kind::answered, id, place->second.answer_status, ""};
            }
        }
        const auto kind = place->second.lease_over ? Claim::Kind::claimed : Claim::Kind::running;
        co_return Claim{kind, OrderId(), 0, "lease"};
    }

    Task<> release(IdempotencyKey key, std::string) override {
        keys.erase(key.key);
        co_return;
    }

    std::map<std::string, Kept> keys;

private:
    OrdersInMemory& orders_;
};

inline Caller customer(std::int64_t user = 5) {
    return {.user = UserId(user),
            .email = "paintest@example.com",
            .acts_for_all = false,
            .authorization = "Bearer token",
            .context = {},
            .arrived = std::chrono::steady_clock::now(),
            .deadline = std::chrono::steady_clock::time_point::max()};
}

inline Caller admin() {
    Caller caller = customer(1);
    caller.acts_for_all = true;
    return caller;
}

} // namespace tandem::order::fakes
