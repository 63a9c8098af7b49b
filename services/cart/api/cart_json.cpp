#include "services/cart/api/cart_json.hpp"

#include "libs/json/json.hpp"

namespace tandem::cart {
namespace {

struct AddedItemBody {
    ProductId product_id;
    std::optional<std::int64_t> quantity;
};
BOOST_DESCRIBE_STRUCT(AddedItemBody, (), (product_id, quantity))

struct QuantityBody {
    std::int64_t quantity = 0;
};
BOOST_DESCRIBE_STRUCT(QuantityBody, (), (quantity))

struct PurchasedLineBody {
    ProductId product_id;
    std::int64_t quantity = 0;
};
BOOST_DESCRIBE_STRUCT(PurchasedLineBody, (), (product_id, quantity))

struct PurchaseBody {
    OrderId order_id;
    std::vector<PurchasedLineBody> items;
};
BOOST_DESCRIBE_STRUCT(PurchaseBody, (), (order_id, items))

struct ItemBody {
    ItemId id;
    ProductId product_id;
    std::string product_name;
    std::string name;
    std::optional<std::string> image_url;
    Money price;
    Money price_snapshot;
    int quantity;
    Money subtotal;
};
BOOST_DESCRIBE_STRUCT(
    ItemBody, (), (id, product_id, product_name, name, image_url, price, price_snapshot, quantity, subtotal))

struct CartBody {
    UserId id;
    UserId user_id;
    std::vector<ItemBody> items;
    Money total;
};
BOOST_DESCRIBE_STRUCT(CartBody, (), (id, user_id, items, total))

ItemBody body_of(const CartItem& item) {
    const Product& product = item.product;
    return {item.id,
            product.id,
            product.name,
            product.name,
            product.image_url,
            product.price,
            item.price_snapshot,
            item.quantity,
            item.subtotal()};
}

} // namespace

Result<AddedItem> read_added_item(std::string_view body) {
    const auto added = json::read<AddedItemBody>(body);
    if (!added) {
        return fail(added.error());
    }
    return AddedItem{added->product_id, added->quantity.value_or(1)};
}

Result<std::int64_t> read_quantity(std::string_view body) {
    const auto quantity = json::read<QuantityBody>(body);
    if (!quantity) {
        return fail(quantity.error());
    }
    return quantity->quantity;
}

Result<Purchase> read_purchase(UserId buyer, std::string_view body) {
    const auto purchase = json::read<PurchaseBody>(body);
    if (!purchase) {
        return fail(purchase.error());
    }
    Purchase result{purchase->order_id, buyer, {}};
    for (const PurchasedLineBody& line : purchase->items) {
        result.lines.push_back({line.product_id, line.quantity});
    }
    return result;
}

std::string write_cart(const Cart& cart) {
    // Every user has one cart, so the user's number names the cart too.
    CartBody body{cart.owner(), cart.owner(), {}, cart.total()};
    for (const CartItem& item : cart.items()) {
        body.items.push_back(body_of(item));
    }
    return json::write(body);
}

} // namespace tandem::cart
