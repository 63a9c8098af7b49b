#pragma once

#include "libs/kernel/context.hpp"
#include "libs/kernel/task.hpp"
#include "libs/kernel/time.hpp"
#include "services/cart/domain/purchase.hpp"

#include <chrono>
#include <variant>

namespace tandem::cart {

using Deadline = std::chrono::steady_clock::time_point;

/// A product as the catalog described it at a moment. A later description replaces an earlier one.
struct ProductNews {
    Product product;
    bool deleted = false;
    Timestamp changed_at;
};

/// Knows every product: the product service.
class Catalog {
public:
    virtual ~Catalog() = default;
    /// Nothing when there is no such product.
    virtual Task<std::optional<ProductNews>> find(ProductId product, Context context, Deadline deadline) = 0;
};

/// Keeps carts and what they need to know of products. Changes of one cart happen one after the
/// other, whoever asks; each gives the cart as it is then. A change that has not begun by its deadline
/// never begins: DeadlineExceeded, and nothing happened. One under way is waited for, or the customer
/// would put the same pieces in again.
class CartRepository {
public:
    struct Addition {
        enum class Outcome { added, unknown_product, refused };
        Outcome outcome;
        Cart cart;
    };

    virtual ~CartRepository() = default;

    virtual Task<Cart> find(UserId owner, Deadline deadline) = 0;
    /// Puts pieces in at the known price; the same product adds up. `unknown_product` when the
    /// repository has not heard of it, `refused` when a limit of Cart would be broken.
    virtual Task<Addition> add(UserId owner, ProductId product, int quantity, Deadline deadline) = 0;
    /// Nothing when the owner's cart has no such item. Quantity 0 takes it out.
    virtual Task<std::optional<Cart>>
    set_quantity(UserId owner, ItemId item, int quantity, Deadline deadline) = 0;
    virtual Task<Cart> clear(UserId owner, Deadline deadline) = 0;

    /// Once per order: an order seen before changes nothing.
    virtual Task<> take_out(Purchase purchase, Deadline deadline) = 0;
    /// Keeps what is newer than what is known.
    virtual Task<> learn(ProductNews news, Deadline deadline) = 0;
};

/// Something that happened elsewhere in the shop.
struct ShopEvent {
    std::string event_id; ///< UUID in lower case
    std::variant<Purchase, ProductNews> what;
};

/// Where events take effect, each once, all or none of a batch.
class EventBook {
public:
    virtual ~EventBook() = default;
    virtual Task<> record(std::vector<ShopEvent> events) = 0;
};

} // namespace tandem::cart
