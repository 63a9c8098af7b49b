#pragma once

#include "libs/kernel/result.hpp"
#include "services/order/core/carts.hpp"
#include "services/order/core/price_list.hpp"

#include <vector>

namespace tandem::order {

/// A requested line after lines of the same product were put together. `path` names the first of
/// them in the request: "items/3".
struct MergedLine {
    ProductId product;
    int quantity = 0;
    std::vector<Money> prices_seen;
    std::string path;
};

/// bad_request when there is no line; invalid when there are more than Order::lines_max, an id
/// cannot be a product's, or a quantity, one or summed, is not 1 to Order::quantity_max.
Result<std::vector<MergedLine>> merge_lines(std::vector<RequestedLine> requested);

std::vector<ProductId> products_of(const std::vector<MergedLine>& lines);

/// Gives each line its name and the catalog's price. invalid when the catalog does not know a
/// product; conflict when a price that the customer saw differs.
Result<std::vector<OrderLine>> price_lines(const std::vector<MergedLine>& lines,
                                           const std::vector<CatalogEntry>& entries);

} // namespace tandem::order
