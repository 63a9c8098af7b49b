#pragma once

#include <cstdint>
#include <unordered_map>

namespace tandem::audit {

struct StockRow {
    std::int64_t product_id = 0;
    std::int64_t initial = 0;
    std::int64_t restocked = 0;
    std::int64_t available = 0;
    std::int64_t reserved = 0;
    std::int64_t sold = 0;
};

/// What the orders say of one product.
struct ProductSums {
    std::int64_t reserved = 0;  ///< units in reservations that are held
    std::int64_t committed = 0; ///< ... that are sold
    std::int64_t bought = 0;    ///< units in orders that are paid, shipped or delivered
    std::int64_t last_order = 0;
};

/// By product: memory grows with the catalog, not with the orders.
using StockSums = std::unordered_map<std::int64_t, ProductSums>;

} // namespace tandem::audit
