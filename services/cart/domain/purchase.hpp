#pragma once

#include "services/cart/domain/cart.hpp"

namespace tandem::cart {

struct PurchasedLine {
    ProductId product;
    std::int64_t quantity = 0;
};

/// What an order took. The same pieces leave the buyer's cart, once per order: of each line as many
/// as were bought, and the line itself when none are left.
struct Purchase {
    static constexpr std::size_t lines_max = 100;
    static constexpr std::int64_t quantity_max = 1'000'000;

    OrderId order;
    UserId buyer;
    std::vector<PurchasedLine> lines;
};

/// Ids are positive, there are 1 to lines_max lines of 1 to quantity_max pieces.
Result<Purchase> checked(Purchase purchase);

} // namespace tandem::cart
