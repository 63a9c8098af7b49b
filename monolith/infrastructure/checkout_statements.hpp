#pragma once

#include "libs/postgres/pool.hpp"
#include "monolith/core/checkout_book.hpp"

#include <chrono>
#include <string>
#include <vector>

/// The SQL of the synchronous checkout, in the order in which it happens.
namespace tandem::monolith {

postgres::Statement draw_number();
/// Not the cart's own row, which everyone who fills the cart locks: their writes share a connection,
/// and so all of them would wait for one checkout.
postgres::Statement lock_cart_checkout(order::UserId owner);
/// Locks, then reads: the second result is for `read_shelves`.
std::vector<postgres::Statement> lock_shelves(const std::vector<order::ProductId>& products);
std::vector<postgres::Statement> reserve(const order::OrderState& order);
postgres::Statement
begin_intent(const payment::Purchase& purchase, Timestamp now, std::chrono::milliseconds settle);
postgres::Statement forget_intent(payment::PaymentId payment);
postgres::Statement hold_payment(payment::PaymentId payment);
postgres::Statement capture(payment::PaymentId payment, const std::string& transaction_id, Timestamp now);
std::vector<postgres::Statement> sell(const order::OrderState& order);
postgres::Statement paid_event_id(order::OrderId order);
/// What nobody needs to be told any more, since the checkout has done it.
postgres::Statement mark_done(order::OrderId order, CheckoutPage::Confirmation confirmation);

Shelves read_shelves(const postgres::Rows& rows);

} // namespace tandem::monolith
