#include "services/cart/core/shopping.hpp"

namespace tandem::cart {

using Outcome = CartRepository::Addition::Outcome;

Task<Cart> Shopping::look(UserId owner, Deadline deadline) {
    return carts_.find(owner, deadline);
}

Task<Result<Cart>>
Shopping::add(UserId owner, ProductId product, std::int64_t pieces, Context context, Deadline deadline) {
    const Result<int> quantity = added_quantity(pieces);
    if (!quantity) {
        co_return fail(quantity.error());
    }
    auto addition = co_await carts_.add(owner, product, *quantity, deadline);
    if (addition.outcome == Outcome::unknown_product) {
        auto news = co_await catalog_.find(product, std::move(context), deadline);
        if (!news || news->deleted) {
            co_return fail(ErrorKind::not_found, "There is no such product.");
        }
        co_await carts_.learn(*std::move(news), deadline);
        addition = co_await carts_.add(owner, product, *quantity, deadline);
    }
    switch (addition.outcome) {
    case Outcome::added:
        co_return std::move(addition.cart);
    case Outcome::refused:
        co_return fail(refusal(addition.cart, product));
    case Outcome::unknown_product: // deleted between the catalog's answer and now
        break;
    }
    co_return fail(ErrorKind::not_found, "There is no such product.");
}

Task<Result<Cart>> Shopping::set_quantity(UserId owner, ItemId item, std::int64_t pieces, Deadline deadline) {
    const Result<int> quantity = kept_quantity(pieces);
    if (!quantity) {
        co_return fail(quantity.error());
    }
    auto cart = co_await carts_.set_quantity(owner, item, *quantity, deadline);
    if (!cart) {
        co_return fail(ErrorKind::not_found, "There is no such item in this cart.");
    }
    co_return *std::move(cart);
}

Task<Result<Cart>> Shopping::remove(UserId owner, ItemId item, Deadline deadline) {
    return set_quantity(owner, item, 0, deadline);
}

Task<Cart> Shopping::clear(UserId owner, Deadline deadline) {
    return carts_.clear(owner, deadline);
}

Task<Result<void>> Shopping::take_out(Purchase purchase, Deadline deadline) {
    Result<Purchase> bought = checked(std::move(purchase));
    if (!bought) {
        co_return fail(std::move(bought.error()));
    }
    co_await carts_.take_out(*std::move(bought), deadline);
    co_return Result<void>();
}

} // namespace tandem::cart
