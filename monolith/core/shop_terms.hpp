#pragma once

#include "monolith/core/checkout_book.hpp"
#include "services/email/core/send_mail.hpp"
#include "services/order/core/price_list.hpp"

#include <string>
#include <vector>

/// Each domain has its own words for an order; in one process they are translated here.
namespace tandem::monolith {

/// What is on sale, as the order's rules see the catalog.
std::vector<order::CatalogEntry> catalog_entries(const Shelves& shelves);
/// As the stock's rules see an order.
product::Order as_stock_order(const order::Placed& placed);
payment::Purchase as_purchase(const order::OrderState& order, Context context);
/// The mail that the event order.paid asks for, with the same Message-ID.
email::Mail confirmation_mail(const order::OrderState& order,
                              const std::string& paid_event_id,
                              const std::string& message_id_domain);

} // namespace tandem::monolith
