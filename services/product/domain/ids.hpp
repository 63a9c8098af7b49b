#pragma once

#include "libs/kernel/id.hpp"

namespace tandem::product {

using ProductId = Id<struct ProductTag>;
using CategoryId = Id<struct CategoryTag>;
using OrderId = Id<struct OrderTag>;
using UserId = Id<struct UserTag>;
using ReviewId = Id<struct ReviewTag>;

} // namespace tandem::product
