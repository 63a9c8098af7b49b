#pragma once

#include "libs/messaging/event.hpp"
#include "services/product/core/stock_book.hpp"
#include "services/product/domain/product.hpp"

namespace tandem::product {

/// product.stock.reserved, .rejected or .released, with every field of the order.
messaging::OutgoingEvent stock_event(StockAnnouncement announcement, Timestamp now);

enum class Presence { in_catalog, deleted };

/// product.product.changed, at the product's `updated_at`.
messaging::OutgoingEvent product_changed(const Product& product, Presence presence, Context context);

} // namespace tandem::product
