#pragma once

#include "libs/kernel/task.hpp"
#include "services/order/core/caller.hpp"

#include <string>
#include <vector>

namespace tandem::order {

/// What the catalog says about a product.
struct CatalogEntry {
    ProductId product;
    std::string name;
    Money price;
};

/// Today's prices.
class PriceList {
public:
    virtual ~PriceList() = default;

    /// Entries in any order; products that the catalog does not know are left out. May be a little
    /// old while the catalog cannot be reached: whoever reserves the stock checks the price again.
    /// Throws Unavailable when nobody can tell.
    virtual Task<std::vector<CatalogEntry>> look_up(std::vector<ProductId> products, Caller caller) = 0;
};

} // namespace tandem::order
