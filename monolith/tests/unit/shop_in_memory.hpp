#pragma once

#include "libs/kernel/unavailable.hpp"
#include "monolith/core/synchronous_checkout.hpp"
#include "services/order/tests/unit/fakes.hpp"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace tandem::monolith::fakes {

/// What the shop holds, and every step that was taken, in order. A step whose name is `breaks_at`
/// throws instead, as when the database goes away.
struct ShopInMemory {
    struct KeptOrder {
        std::vector<order::Change> history;
        CheckoutPage::Confirmation confirmation = CheckoutPage::Confirmation::sent;
        std::chrono::milliseconds took{};
    };

    void step(std::string name) {
        steps.push_back(std::move(name));
        if (steps.back() == breaks_at) {
            throw Unavailable(steps.back());
        }
    }

    Shelves shelves{
        {product::ProductId(1), {"Gaming Laptop", Money::from_cents(129'999), true, product::Stock::of(10)}},
        {product::ProductId(2), {"Wireless Mouse", Money::from_cents(4'999), true, product::Stock::of(50)}}};
    std::map<order::UserId, std::vector<order::RequestedLine>> carts;
    std::set<std::string> keys;
    std::map<order::OrderId, KeptOrder> orders;
    std::map<payment::PaymentId, payment::Purchase> intents;
    std::map<payment::PaymentId, std::string> captured; ///< the transaction's id

    std::int64_t last_number = 0;
    std::string paid_event_id = "01932fb1-0000-7000-8000-000000000017";
    std::vector<std::string> steps;
    std::string breaks_at;
};

/// Changes the shop at its commit only.
class PageInMemory final : public CheckoutPage {
public:
    explicit PageInMemory(ShopInMemory& shop) : shop_(shop), after_(shop) {}
    ~PageInMemory() override {
        if (open_) {
            shop_.steps.emplace_back("roll back");
        }
    }

    Task<order::OrderId> draw_number() override {
        shop_.step("draw number");
        co_return order::OrderId(++shop_.last_number);
    }
    Task<bool> take_key(order::IdempotencyKey key, order::OrderId) override {
        shop_.step("take key");
        co_return after_.keys.insert(key.key).second;
    }
    Task<std::vector<order::RequestedLine>> cart(order::UserId owner) override {
        shop_.step("cart");
        co_return after_.carts[owner];
    }
    Task<Shelves> lock_shelves(std::vector<order::ProductId> products) override {
        shop_.step("lock shelves");
        Shelves found;
        for (const order::ProductId product : products) {
            if (const auto shelf = after_.shelves.find(product::ProductId(product.value()));
                shelf != after_.shelves.end()) {
                found.insert(*shelf);
            }
        }
        co_return found;
    }
    Task<> reserve(order::OrderState order) override {
        shop_.step("reserve");
        for (const order::OrderLine& line : order.lines) {
            if (!stock_of(line).reserve(line.quantity)) {
                throw std::logic_error("more than there is");
            }
        }
        co_return;
    }
    Task<> place(std::vector<order::Change> changes, Timestamp) override {
        return write_down("place", std::move(changes));
    }
    Task<> hold_payment(payment::PaymentId) override { return just("hold payment"); }
    Task<> capture(payment::PaymentId payment, std::string transaction_id) override {
        shop_.step("capture");
        after_.captured[payment] = std::move(transaction_id);
        after_.intents.erase(payment);
        payment_ = payment;
        co_return;
    }
    Task<> sell(order::OrderState order) override {
        shop_.step("sell");
        for (const order::OrderLine& line : order.lines) {
            stock_of(line).sell(line.quantity);
        }
        co_return;
    }
    Task<> record(std::vector<order::Change> changes, Timestamp) override {
        return write_down("record", std::move(changes));
    }
    Task<std::string> paid_event_id(order::OrderId) override {
        shop_.step("paid event");
        co_return shop_.paid_event_id;
    }
    Task<> empty_cart(order::OrderState order) override {
        shop_.step("empty cart");
        after_.carts.erase(order.user);
        co_return;
    }
    void give_up() override {
        shop_.step("give up");
        open_ = false;
    }
    Task<> commit(order::OrderId order, Confirmation confirmation, std::chrono::milliseconds took) override {
        shop_.step("commit");
        open_ = false;
        shop_.shelves = after_.shelves;
        shop_.carts = after_.carts;
        shop_.keys = after_.keys;
        shop_.captured = after_.captured;
        shop_.intents.erase(payment_);
        shop_.orders[order] = {std::move(changes_), confirmation, took};
        co_return;
    }

private:
    product::Stock& stock_of(const order::OrderLine& line) {
        return after_.shelves.at(product::ProductId(line.product.value())).stock;
    }
    Task<> just(std::string name) {
        shop_.step(std::move(name));
        co_return;
    }
    Task<> write_down(std::string name, std::vector<order::Change> changes) {
        shop_.step(std::move(name));
        std::ranges::move(changes, std::back_inserter(changes_));
        co_return;
    }

    ShopInMemory& shop_;
    ShopInMemory after_;
    std::vector<order::Change> changes_;
    payment::PaymentId payment_;
    bool open_ = true;
};

class BookInMemory final : public CheckoutBook {
public:
    explicit BookInMemory(ShopInMemory& shop) : shop_(shop) {}
    Task<std::unique_ptr<CheckoutPage>> open(order::Deadline deadline, Context) override {
        shop_.step("open");
        order::fakes::expect_in_time(deadline);
        co_return std::make_unique<PageInMemory>(shop_);
    }

private:
    ShopInMemory& shop_;
};

} // namespace tandem::monolith::fakes
