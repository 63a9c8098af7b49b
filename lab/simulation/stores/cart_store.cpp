#include "lab/simulation/stores/cart_store.hpp"

namespace tandem::simulation {

using namespace cart;
using Outcome = CartRepository::Addition::Outcome;

void CartTables::take_out(const Purchase& purchase) {
    if (!purchases.insert(purchase.order).second && !store.world().has(Bug::no_inbox)) {
        return;
    }
    Lines& lines = carts[purchase.buyer];
    for (const PurchasedLine& bought : purchase.lines) {
        const auto line = lines.find(bought.product);
        if (line == lines.end()) {
            continue;
        }
        if (line->second.quantity <= bought.quantity) {
            lines.erase(line);
        } else {
            line->second.quantity -= static_cast<int>(bought.quantity);
        }
    }
}

void CartTables::learn(const ProductNews& news) {
    const auto [place, is_new] = products.try_emplace(news.product.id, news);
    if (!is_new && place->second.changed_at < news.changed_at) {
        place->second = news;
    }
}

Cart CartTables::cart_of(UserId owner) const {
    std::vector<CartItem> items;
    if (const auto lines = carts.find(owner); lines != carts.end()) {
        for (const auto& [product, line] : lines->second) {
            items.push_back({line.id, products.at(product).product, line.price_snapshot, line.quantity});
        }
    }
    return {owner, std::move(items)};
}

Task<Cart> SimulatedCarts::find(UserId owner, Deadline) {
    co_await tables_.store.reach(node_);
    Cart cart = tables_.cart_of(owner);
    co_await tables_.store.come_back(node_);
    co_return cart;
}

Task<CartRepository::Addition>
SimulatedCarts::add(UserId owner, ProductId product, int quantity, Deadline deadline) {
    co_await tables_.store.reach(node_);
    tables_.store.expect_in_time(deadline);
    const auto known = tables_.products.find(product);
    Outcome outcome = Outcome::unknown_product;
    if (known != tables_.products.end() && !known->second.deleted) {
        CartTables::Lines& lines = tables_.carts[owner];
        const auto line = lines.find(product);
        const int before = line == lines.end() ? 0 : line->second.quantity;
        const bool fits = line != lines.end() || lines.size() < Cart::lines_max;
        outcome = fits && before + quantity <= Cart::quantity_max ? Outcome::added : Outcome::refused;
        if (outcome == Outcome::added) {
            const ItemId id = line == lines.end() ? ItemId(++tables_.last_item) : line->second.id;
            lines[product] = {id, before + quantity, known->second.product.price};
        }
    }
    Addition addition{outcome, tables_.cart_of(owner)};
    co_await tables_.store.come_back(node_);
    co_return addition;
}

Task<std::optional<Cart>> SimulatedCarts::set_quantity(UserId, ItemId, int, Deadline) {
    throw std::logic_error("nobody changes quantities in the simulation");
    co_return std::nullopt;
}

Task<Cart> SimulatedCarts::clear(UserId owner, Deadline) {
    throw std::logic_error("nobody clears carts in the simulation");
    co_return Cart(owner, {});
}

Task<> SimulatedCarts::take_out(Purchase purchase, Deadline deadline) {
    co_await tables_.store.reach(node_);
    tables_.store.expect_in_time(deadline);
    tables_.take_out(purchase);
    co_await tables_.store.come_back(node_);
}

Task<> SimulatedCarts::learn(ProductNews news, Deadline deadline) {
    co_await tables_.store.reach(node_);
    tables_.store.expect_in_time(deadline);
    tables_.learn(news);
    co_await tables_.store.come_back(node_);
}

Task<> SimulatedEventBook::record(std::vector<ShopEvent> events) {
    co_await tables_.store.reach(node_);
    Transaction transaction(tables_.store.locks(), node_);
    std::vector<std::string> ids;
    for (const ShopEvent& event : events) {
        ids.push_back(event.event_id);
    }
    auto fresh = co_await tables_.store.fresh_events(transaction, std::move(ids));
    for (const ShopEvent& event : events) {
        if (!fresh.contains(event.event_id)) {
            continue;
        }
        if (const auto* purchase = std::get_if<Purchase>(&event.what)) {
            tables_.take_out(*purchase);
        } else {
            tables_.learn(std::get<ProductNews>(event.what));
        }
    }
    tables_.store.remember(fresh);
    transaction.release();
    co_await tables_.store.come_back(node_);
}

} // namespace tandem::simulation
