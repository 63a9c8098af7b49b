#pragma once

#include "libs/kernel/result.hpp"
#include "services/order/domain/order_events.hpp"

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace tandem::order {

/// What an order is, as its events make it: also one row of the `orders` projection with its lines.
struct OrderState {
    OrderId id;
    int version = 0; ///< number of events so far
    UserId user;
    std::string user_email;
    OrderStatus status = OrderStatus::pending;
    std::optional<Reason> reason;
    std::string error_message;
    Money total;
    PaymentMethod payment_method = PaymentMethod::credit_card;
    std::optional<std::string> shipping_address; ///< JSON text
    std::vector<OrderLine> lines;
    std::optional<Payment> payment;
    Timestamp created_at;
    Timestamp updated_at;

    friend bool operator==(const OrderState&, const OrderState&) = default;
};

/// An event to be stored, or nothing: the fact came late or twice.
using Decision = std::optional<OrderEvent>;

/// The transitions there are:
///
///     pending ──> processing ──> paid ──> shipped ──> delivered
///        │  └───────────────────> │
///        ├──> failed <── processing
///        └──> cancelled <── processing, paid
bool may_become(OrderStatus from, OrderStatus to);

/// An event-sourced purchase: `apply` changes it, the other members only decide. A decision about
/// a fact (stock, payment, mail, time) is an event or nothing, since facts may overtake each other
/// or come twice; a decision about a person's wish may be a refusal (ErrorKind::conflict).
class Order {
public:
    static constexpr std::size_t lines_max = 100;
    static constexpr int quantity_max = 999;

    /// Checks the limits: 1 to `lines_max` lines, each of another product, with 1 to
    /// `quantity_max` items, and a total of at most Money::cents_max. invalid otherwise.
    static Result<Placed> place(Placed order);

    /// Events come in the order of their versions; `Placed` is the first. An event that breaks
    /// `may_become` was never decided here: std::logic_error.
    void apply(const OrderEvent& event, Timestamp at);

    const OrderState& state() const { return state_; }
    OrderStatus status() const { return state_.status; }

    Decision stock_reserved() const;
    Decision stock_rejected(Reason reason, std::string error_message) const;
    Decision stock_released(std::string reason) const;
    Decision payment_processed(Payment payment) const;
    Decision payment_failed(Reason reason, std::string error_message, Payment payment) const;
    Decision payment_refunded(Payment payment) const;
    Decision mail_sent(MailSent mail) const;
    Decision mail_failed(MailFailed mail) const;
    Decision expire() const;

    /// Nothing when it is cancelled already. `by` is one of the two cancelled_by reasons.
    Result<Decision> cancel(Reason by) const;
    Result<Decision> ship() const;
    Result<Decision> deliver() const;

private:
    bool is_open() const;
    Decision fail_open(Reason reason, std::string error_message, std::optional<Payment> payment) const;
    Result<Decision> move_by_hand(OrderStatus to, OrderEvent event) const;
    void become(OrderStatus status);

    void on(const Placed& event);
    void on(const Processing& event);
    void on(const Paid& event);
    void on(const Failed& event);
    void on(const Cancelled& event);
    void on(const Shipped& event);
    void on(const Delivered& event);
    void on(const Refunded& event);
    void on(const StockReleased& event);
    void on(const MailSent& event);
    void on(const MailFailed& event);

    OrderState state_;
    bool stock_released_ = false;
    std::set<std::string> mails_noted_;
};

} // namespace tandem::order
