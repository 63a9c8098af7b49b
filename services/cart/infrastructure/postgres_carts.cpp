#include "services/cart/infrastructure/postgres_carts.hpp"

#include "services/cart/infrastructure/cart_statements.hpp"

namespace tandem::cart {

using postgres::BeginBy;
using postgres::Statement;
using Outcome = CartRepository::Addition::Outcome;

Task<Cart> PostgresCarts::find(UserId owner, Deadline deadline) {
    Statement read = read_items(owner);
    const postgres::Rows rows = co_await pool_.query(read.query, std::move(read.params), deadline);
    co_return read_cart(owner, rows);
}

Task<PostgresCarts::Change> PostgresCarts::change(UserId owner, Statement statement, Deadline deadline) {
    std::vector<Statement> statements;
    statements.push_back(lock_carts({owner.value()}));
    statements.push_back(std::move(statement));
    statements.push_back(read_items(owner));
    const auto results = co_await pool_.execute(std::move(statements), BeginBy{deadline});
    co_return Change{results[1].affected() > 0, read_cart(owner, results[2])};
}

Task<CartRepository::Addition>
PostgresCarts::add(UserId owner, ProductId product, int quantity, Deadline deadline) {
    Change changed = co_await change(owner, add_pieces(owner, product, quantity), deadline);
    if (changed.happened) {
        co_return Addition{Outcome::added, std::move(changed.cart)};
    }
    Statement ask = product_is_known(product);
    const postgres::Rows known = co_await pool_.query(ask.query, std::move(ask.params), deadline);
    const Outcome outcome = known[0].boolean(0) ? Outcome::refused : Outcome::unknown_product;
    co_return Addition{outcome, std::move(changed.cart)};
}

Task<std::optional<Cart>>
PostgresCarts::set_quantity(UserId owner, ItemId item, int quantity, Deadline deadline) {
    Statement statement = quantity == 0 ? remove_item(owner, item) : keep_pieces(owner, item, quantity);
    Change changed = co_await change(owner, std::move(statement), deadline);
    if (!changed.happened) {
        co_return std::nullopt;
    }
    co_return std::move(changed.cart);
}

Task<Cart> PostgresCarts::clear(UserId owner, Deadline deadline) {
    Change changed = co_await change(owner, remove_items(owner), deadline);
    co_return std::move(changed.cart);
}

Task<> PostgresCarts::take_out(Purchase purchase, Deadline deadline) {
    std::vector<Statement> statements;
    statements.push_back(lock_carts({purchase.buyer.value()}));
    statements.push_back(take_out_purchases({std::move(purchase)}));
    co_await pool_.execute(std::move(statements), BeginBy{deadline});
}

Task<> PostgresCarts::learn(ProductNews news, Deadline deadline) {
    std::vector<Statement> statements;
    statements.push_back(learn_products({std::move(news)}));
    co_await pool_.execute(std::move(statements), BeginBy{deadline});
}

} // namespace tandem::cart
