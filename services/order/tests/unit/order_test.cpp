#include "services/order/domain/order.hpp"
#include "services/order/tests/unit/order_samples.hpp"

#include <gtest/gtest.h>

#include <array>
#include <functional>
#include <stdexcept>

namespace tandem::order {
namespace {

using samples::noon;
using samples::order_that_is;
using samples::payment;
using samples::placed;

/// What an input does to an order: to which status it takes it, or that nothing happens (none), or
/// that a person is refused.
struct Effect {
    enum Kind { none, refused, noted, moves } kind;
    OrderStatus to = OrderStatus::pending;
};

struct Input {
    const char* name;
    std::function<Result<Decision>(const Order&)> decide;
    std::array<Effect, 7> effects; ///< in the order of order_statuses
};

constexpr Effect none{Effect::none};
constexpr Effect refused{Effect::refused};
constexpr Effect noted{Effect::noted};
constexpr Effect to(OrderStatus status) {
    return {Effect::moves, status};
}
constexpr Effect processing = to(OrderStatus::processing);
constexpr Effect paid = to(OrderStatus::paid);
constexpr Effect shipped = to(OrderStatus::shipped);
constexpr Effect delivered = to(OrderStatus::delivered);
constexpr Effect failed = to(OrderStatus::failed);
constexpr Effect cancelled = to(OrderStatus::cancelled);

const std::vector<Input>& table() {
    static const std::vector<Input> inputs{
        // clang-format off
        //                         pending     processing paid       shipped    delivered  failed   cancelled
        {"stock_reserved", [](const Order& order) -> Result<Decision> { return order.stock_reserved(); },
                                 {processing, none,      none,      none,      none,      none,    none}},
        {"stock_rejected", [](const Order& order) -> Result<Decision> { return order.stock_rejected(Reason::out_of_stock, ""); },
                                 {failed,     failed,    none,      none,      none,      none,    none}},
        {"payment_processed", [](const Order& order) -> Result<Decision> { return order.payment_processed(payment()); },
                                 {paid,       paid,      none,      none,      none,      none,    none}},
        {"payment_failed", [](const Order& order) -> Result<Decision> { return order.payment_failed(Reason::payment_declined, "", payment()); },
                                 {failed,     failed,    none,      none,      none,      none,    none}},
        {"expire", [](const Order& order) -> Result<Decision> { return order.expire(); },
                                 {failed,     failed,    none,      none,      none,      none,    none}},
        {"cancel", [](const Order& order) { return order.cancel(Reason::cancelled_by_customer); },
                                 {cancelled,  cancelled, cancelled, refused,   refused,   refused, none}},
        {"ship", [](const Order& order) { return order.ship(); },
                                 {refused,    refused,   shipped,   refused,   refused,   refused, refused}},
        {"deliver", [](const Order& order) { return order.deliver(); },
                                 {refused,    refused,   refused,   delivered, refused,   refused, refused}},
        {"payment_refunded", [](const Order& order) -> Result<Decision> { return order.payment_refunded(payment()); },
                                 {noted,      noted,     noted,     noted,     noted,     noted,   noted}},
        {"stock_released", [](const Order& order) -> Result<Decision> { return order.stock_released("expired"); },
                                 {noted,      noted,     noted,     noted,     noted,     noted,   noted}},
        {"mail_sent", [](const Order& order) -> Result<Decision> { return order.mail_sent({"order_paid", "<1@x>"}); },
                                 {noted,      noted,     noted,     noted,     noted,     noted,   noted}},
        {"mail_failed", [](const Order& order) -> Result<Decision> { return order.mail_failed({"order_paid", "<1@x>", "refused"}); },
                                 {noted,      noted,     noted,     noted,     noted,     noted,   noted}},
        // clang-format on
    };
    return inputs;
}

void check(const Input& input, OrderStatus from, Effect expected) {
    SCOPED_TRACE(std::string(input.name) + " while " + std::string(to_string(from)));
    Order order = order_that_is(from);
    const auto decision = input.decide(order);
    ASSERT_EQ(decision.has_value(), expected.kind != Effect::refused);
    if (!decision) {
        EXPECT_EQ(decision.error().kind(), ErrorKind::conflict);
        return;
    }
    ASSERT_EQ(decision->has_value(), expected.kind != Effect::none);
    if (*decision) {
        order.apply(**decision, noon);
        EXPECT_EQ(order.status(), expected.kind == Effect::moves ? expected.to : from);
    }
}

TEST(OrderTest, AnswersEveryInputInEveryStateAsTheTableSays) {
    for (const Input& input : table()) {
        for (std::size_t i = 0; i < input.effects.size(); ++i) {
            check(input, order_statuses[i], input.effects[i]);
        }
    }
}

TEST(OrderTest, RefusesToApplyATransitionThatDoesNotExist) {
    const std::vector<std::pair<OrderEvent, OrderStatus>> moves{
        {Processing{}, OrderStatus::processing},
        {Paid{payment()}, OrderStatus::paid},
        {Failed{Reason::expired, "", std::nullopt}, OrderStatus::failed},
        {Cancelled{Reason::cancelled_by_admin, false}, OrderStatus::cancelled},
        {Shipped{}, OrderStatus::shipped},
        {Delivered{}, OrderStatus::delivered}};
    for (const auto& [event, target] : moves) {
        for (const OrderStatus from : order_statuses) {
            Order order = order_that_is(from);
            if (may_become(from, target)) {
                EXPECT_NO_THROW(order.apply(event, noon));
            } else {
                EXPECT_THROW(order.apply(event, noon), std::logic_error);
            }
        }
    }
}

TEST(OrderTest, BeginsWithItsPlacingAndIsPlacedOnce) {
    Order order;
    EXPECT_THROW(order.apply(Processing{}, noon), std::logic_error);
    order.apply(placed(), noon);
    EXPECT_THROW(order.apply(placed(), noon), std::logic_error);
}

TEST(OrderTest, HoldsWhatWasPlaced) {
    const Order order = order_that_is(OrderStatus::pending);

    EXPECT_EQ(order.state().total, Money::from_cents(2 * 4'999 + 129'999));
    EXPECT_EQ(order.state().version, 1);
    EXPECT_EQ(order.state().created_at, noon);
    EXPECT_EQ(order.state().payment, std::nullopt);
}

TEST(OrderTest, TakesAnEarlyPaymentStraightToPaidAndIgnoresTheLateReservation) {
    Order order = order_that_is(OrderStatus::pending);
    order.apply(*order.payment_processed(payment()), noon);

    EXPECT_EQ(order.status(), OrderStatus::paid);
    EXPECT_EQ(order.state().payment, payment());
    EXPECT_FALSE(order.stock_reserved().has_value());
}

TEST(OrderTest, KeepsTheDeclinedPaymentWithTheReason) {
    Order order = order_that_is(OrderStatus::processing);
    order.apply(*order.payment_failed(Reason::payment_declined, "Card declined.", payment()), noon);

    EXPECT_EQ(order.state().reason, Reason::payment_declined);
    ASSERT_TRUE(order.state().payment.has_value());
    EXPECT_EQ(order.state().payment->status, PaymentStatus::failed);
}

TEST(OrderTest, TellsWhetherACancelledOrderWasPaid) {
    for (const OrderStatus from : {OrderStatus::pending, OrderStatus::processing, OrderStatus::paid}) {
        const auto decision = order_that_is(from).cancel(Reason::cancelled_by_admin);
        ASSERT_TRUE(decision.has_value() && decision->has_value());
        EXPECT_EQ(std::get<Cancelled>(**decision).was_paid, from == OrderStatus::paid);
    }
}

TEST(OrderTest, NotesARefundAReleaseAndAMailOnce) {
    Order order = order_that_is(OrderStatus::cancelled);
    order.apply(*order.payment_refunded(payment()), noon);
    order.apply(*order.stock_released("cancelled_by_customer"), noon);
    order.apply(*order.mail_sent({"order_cancelled", "<m@x>"}), noon);

    EXPECT_EQ(order.state().payment, payment(PaymentStatus::refunded));
    EXPECT_EQ(order.state().version, 5);
    EXPECT_FALSE(order.payment_refunded(payment()).has_value());
    EXPECT_FALSE(order.stock_released("expired").has_value());
    EXPECT_FALSE(order.mail_sent({"order_cancelled", "<m@x>"}).has_value());
    EXPECT_FALSE(order.mail_failed({"order_cancelled", "<m@x>", "late"}).has_value());
    EXPECT_TRUE(order.mail_sent({"order_cancelled", "<n@x>"}).has_value());
}

std::string refused_field(Placed order) {
    const auto result = Order::place(std::move(order));
    return result ? "accepted" : result.error().fields().at(0).field;
}

TEST(OrderTest, IsPlacedWithinItsLimitsOnly) {
    EXPECT_EQ(refused_field(placed()), "accepted");

    Placed order = placed();
    order.lines.clear();
    EXPECT_EQ(refused_field(order), "items");
    for (const int quantity : {-1, 0, Order::quantity_max + 1}) {
        order = placed();
        order.lines[1].quantity = quantity;
        EXPECT_EQ(refused_field(order), "items/1/quantity");
    }
    order = placed();
    order.lines[1].product = order.lines[0].product;
    EXPECT_EQ(refused_field(order), "items/1/product_id");
    order = placed();
    order.lines[0].price = Money::from_cents(Money::cents_max);
    EXPECT_EQ(refused_field(order), "items");
}

TEST(OrderTest, HasAtMostAHundredLines) {
    Placed order = placed();
    order.lines.clear();
    for (int product = 1; product <= 100; ++product) {
        order.lines.push_back({ProductId(product), "A thing", 1, Money::from_cents(100)});
    }
    EXPECT_EQ(refused_field(order), "accepted");
    order.lines.push_back({ProductId(101), "One more", 1, Money::from_cents(100)});
    EXPECT_EQ(refused_field(order), "items");
}

TEST(OrderWordsTest, AreReadBackAndNothingElseIs) {
    for (const OrderStatus status : order_statuses) {
        EXPECT_EQ(parse_order_status(to_string(status)), status);
    }
    for (const Reason reason : reasons) {
        EXPECT_EQ(parse_reason(to_string(reason)), reason);
    }
    for (const PaymentMethod method : payment_methods) {
        EXPECT_EQ(parse_payment_method(to_string(method)), method);
    }
    for (const PaymentStatus status : payment_statuses) {
        EXPECT_EQ(parse_payment_status(to_string(status)), status);
    }
    EXPECT_EQ(parse_order_status("PAID"), std::nullopt);
    EXPECT_EQ(parse_payment_method(""), std::nullopt);
}

} // namespace
} // namespace tandem::order
