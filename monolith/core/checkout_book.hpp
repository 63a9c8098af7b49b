#pragma once

#include "libs/kernel/context.hpp"
#include "libs/kernel/task.hpp"
#include "services/order/core/carts.hpp"
#include "services/order/core/held_orders.hpp"
#include "services/order/core/idempotency_keys.hpp"
#include "services/payment/domain/payment.hpp"
#include "services/product/domain/stock_ledger.hpp"

#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace tandem::monolith {

/// What lies on the shelves, by product; products that never were are left out.
using Shelves = std::map<product::ProductId, product::ShelfItem>;

/// The one database transaction of a checkout. What it has locked stays locked until it ends;
/// dropped without `commit`, it has changed nothing. Every call throws Unavailable when the database
/// breaks, DeadlineExceeded when a lock is not to be had in time.
class CheckoutPage {
public:
    virtual ~CheckoutPage() = default;

    virtual Task<order::OrderId> draw_number() = 0;
    /// False when an order is stored under this key. Waits for a checkout that uses it just now.
    virtual Task<bool> take_key(order::IdempotencyKey key, order::OrderId order) = 0;
    /// What lies in the cart. Another checkout of the same cart waits here until this one has ended;
    /// whoever only fills it does not.
    virtual Task<std::vector<order::RequestedLine>> cart(order::UserId owner) = 0;
    /// SELECT ... FOR UPDATE in ascending order of products, so that no two checkouts wait for each
    /// other in a circle; whoever buys the same product waits here.
    virtual Task<Shelves> lock_shelves(std::vector<order::ProductId> products) = 0;

    virtual Task<> reserve(order::OrderState order) = 0;
    /// Stores the order, its lines and what has happened to it so far. All of a checkout happens at
    /// one moment, `at`: what the customer is answered is what the order was then.
    virtual Task<> place(std::vector<order::Change> changes, Timestamp at) = 0;
    /// From here until the end nobody else touches this payment.
    virtual Task<> hold_payment(payment::PaymentId payment) = 0;
    /// The payment is kept, since the order will be.
    virtual Task<> capture(payment::PaymentId payment, std::string transaction_id) = 0;
    virtual Task<> sell(order::OrderState order) = 0;
    /// Stores what has happened since `place`, with the notices for the customer.
    virtual Task<> record(std::vector<order::Change> changes, Timestamp at) = 0;
    /// The id under which order.paid was recorded.
    virtual Task<std::string> paid_event_id(order::OrderId order) = 0;
    virtual Task<> empty_cart(order::OrderState order) = 0;

    /// Ends the transaction now, without having changed anything. Nothing else may follow.
    virtual void give_up() = 0;

    enum class Confirmation { sent, still_to_be_sent };
    /// Ends the transaction. A confirmation that is still to be sent is committed as work to be done.
    /// `took` is stored with the order: it is a part of the answer, which may have to be repeated.
    virtual Task<>
    commit(order::OrderId order, Confirmation confirmation, std::chrono::milliseconds took) = 0;
};

class CheckoutBook {
public:
    virtual ~CheckoutBook() = default;
    /// `context`: of the request that the checkout is for.
    virtual Task<std::unique_ptr<CheckoutPage>> open(order::Deadline deadline, Context context) = 0;
};

/// What is written down, in a commit of its own, before money moves: the checkout's transaction
/// leaves no trace when the process dies, but the charge stays made. An intent says "to be voided";
/// only the checkout's own commit makes it a payment. Whoever finds an intent that no checkout holds
/// asks the provider, and refunds.
class PaymentIntents {
public:
    virtual ~PaymentIntents() = default;
    virtual Task<payment::PaymentId> begin(payment::Purchase purchase) = 0;
    /// The provider has surely charged nothing.
    virtual Task<> forget(payment::PaymentId payment) = 0;
};

} // namespace tandem::monolith
