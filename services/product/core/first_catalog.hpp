#pragma once

#include "services/product/domain/product.hpp"

#include <string>
#include <vector>

namespace tandem::product {

/// A product of a new shop. Its id is its place in the list, from 1.
struct FirstProduct {
    std::string category;
    NewProduct product; ///< without `category`
};

struct FirstCatalog {
    std::vector<NewCategory> categories;
    std::vector<FirstProduct> products;
};

/// What a new shop sells. No price ends in .13, .14 or .15, which the payment provider answers in
/// its own ways, except those of the three test products that are there for just that.
const FirstCatalog& first_catalog();

} // namespace tandem::product
