#include "monolith/infrastructure/postgres_checkout_book.hpp"

#include "libs/kernel/unavailable.hpp"
#include "libs/telemetry/trace.hpp"
#include "monolith/infrastructure/checkout_statements.hpp"
#include "services/cart/infrastructure/cart_statements.hpp"
#include "services/order/infrastructure/order_statements.hpp"

#include <optional>

namespace tandem::monolith {
namespace {

using postgres::Statement;

constexpr std::chrono::seconds intent_timeout{5};

/// DELETE and INSERT of intents do not wait for locks, so a few seconds are plenty.
postgres::Deadline soon() {
    return std::chrono::steady_clock::now() + intent_timeout;
}

cart::Purchase as_cart_purchase(const order::OrderState& order) {
    cart::Purchase purchase{cart::OrderId(order.id.value()), cart::UserId(order.user.value()), {}};
    for (const order::OrderLine& line : order.lines) {
        purchase.lines.push_back({cart::ProductId(line.product.value()), line.quantity});
    }
    return purchase;
}

class PostgresCheckoutPage final : public CheckoutPage {
public:
    PostgresCheckoutPage(postgres::Transaction transaction,
                         const Clock& clock,
                         const PostgresCheckoutBook::OnCommit& on_commit)
        : transaction_(std::move(transaction)), clock_(clock), on_commit_(on_commit) {}

    Task<order::OrderId> draw_number() override {
        const auto rows = co_await one(monolith::draw_number());
        co_return order::OrderId(rows[0].integer(0));
    }

    Task<bool> take_key(order::IdempotencyKey key, order::OrderId order) override {
        try {
            co_await one(order::insert_key(key.user, key.key, order));
        } catch (const postgres::StatementError& error) {
            if (error.constraint() != "one_order_per_key") {
                throw;
            }
            co_return false;
        }
        co_return true;
    }

    Task<std::vector<order::RequestedLine>> cart(order::UserId owner) override {
        std::vector<Statement> statements{lock_cart_checkout(owner),
                                          cart::read_items(cart::UserId(owner.value()))};
        const auto results = co_await transaction_->execute(std::move(statements));
        const cart::Cart cart = cart::read_cart(cart::UserId(owner.value()), results[1]);
        std::vector<order::RequestedLine> lines;
        for (const cart::CartItem& item : cart.items()) {
            lines.push_back({order::ProductId(item.product.id.value()), item.quantity, std::nullopt});
        }
        co_return lines;
    }

    Task<Shelves> lock_shelves(std::vector<order::ProductId> products) override {
        const auto results = co_await transaction_->execute(monolith::lock_shelves(products));
        co_return read_shelves(results[1]);
    }

    Task<> reserve(order::OrderState order) override { return all(monolith::reserve(order)); }

    Task<> place(std::vector<order::Change> changes, Timestamp at) override {
        const auto states = order::last_states(changes);
        return all({order::insert_events(changes, at),
                    order::insert_orders(states),
                    order::insert_items(states),
                    order::insert_notices(changes, at)});
    }

    Task<> hold_payment(payment::PaymentId payment) override {
        const auto rows = co_await one(monolith::hold_payment(payment));
        if (rows.empty()) {
            throw Unavailable("a payment was voided before it began");
        }
    }

    Task<> capture(payment::PaymentId payment, std::string transaction_id) override {
        return all({monolith::capture(payment, transaction_id, clock_.now())});
    }

    Task<> sell(order::OrderState order) override { return all(monolith::sell(order)); }

    Task<> record(std::vector<order::Change> changes, Timestamp at) override {
        return all({order::insert_events(changes, at),
                    order::update_orders(order::last_states(changes)),
                    order::insert_notices(changes, at)});
    }

    Task<std::string> paid_event_id(order::OrderId order) override {
        const auto rows = co_await one(monolith::paid_event_id(order));
        co_return rows[0].text(0);
    }

    Task<> empty_cart(order::OrderState order) override {
        return all(
            {cart::lock_carts({order.user.value()}), cart::take_out_purchases({as_cart_purchase(order)})});
    }

    void give_up() override { transaction_.reset(); }

    Task<> commit(order::OrderId order, Confirmation confirmation, std::chrono::milliseconds took) override {
        co_await all({order::insert_duration(order, took), mark_done(order, confirmation)});
        co_await transaction_->commit();
        on_commit_(order);
    }

private:
    Task<postgres::Rows> one(Statement statement) {
        return transaction_->query(statement.query, std::move(statement.params));
    }
    Task<> all(std::vector<Statement> statements) { co_await transaction_->execute(std::move(statements)); }

    std::optional<postgres::Transaction> transaction_;
    const Clock& clock_;
    const PostgresCheckoutBook::OnCommit& on_commit_;
};

} // namespace

Task<std::unique_ptr<CheckoutPage>> PostgresCheckoutBook::open(order::Deadline deadline, Context) {
    postgres::Transaction transaction = co_await pool_.begin(deadline);
    co_return std::make_unique<PostgresCheckoutPage>(std::move(transaction), clock_, on_commit_);
}

Task<payment::PaymentId> PostgresPaymentIntents::begin(payment::Purchase purchase) {
    auto span = telemetry::Span::start("store payment intent", purchase.origin);
    span.about_order(purchase.order.value(), purchase.user.value());
    std::vector<Statement> unit{begin_intent(purchase, clock_.now(), settle_)};
    const auto results = co_await pool_.execute(std::move(unit), soon());
    co_return payment::PaymentId(results[0][0].integer(0));
}

Task<> PostgresPaymentIntents::forget(payment::PaymentId payment) {
    std::vector<Statement> unit{forget_intent(payment)};
    co_await pool_.execute(std::move(unit), soon());
}

} // namespace tandem::monolith
