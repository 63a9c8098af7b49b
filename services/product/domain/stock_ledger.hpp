#pragma once

#include "services/product/domain/reservation.hpp"
#include "services/product/domain/stock.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace tandem::product {

/// A product as the rules of reservation see it.
struct ShelfItem {
    std::string name;
    Money price;
    bool on_sale = true; ///< false: deleted from the catalog
    Stock stock;
};

/// What one piece of news about an order did.
enum class Effect {
    nothing,   ///< it came twice or too late: the order's state here had decided already
    reserved,  ///< every line is held
    rejected,  ///< nothing is held, see `rejection`
    committed, ///< what was held is sold
    released,  ///< what was held can be bought again
    restocked, ///< what was sold can be bought again
    refused,   ///< paid, though nothing is held for it any more: a cancellation overtook it, or worse
    premature, ///< paid, though the order is unknown here: its creation must still be on the way
};
std::string_view to_string(Effect effect);

struct Decision {
    Effect effect = Effect::nothing;
    std::optional<Rejection> rejection = std::nullopt;
};

/// Decides over a batch of news about orders, one after another in the order of arrival, against
/// the stock as each leaves it to the next. Pure: it is filled with what is locked in the
/// database, decides, and tells what is to be written.
///
/// An order gets all its lines or none. News that come twice or late change nothing.
class StockLedger {
public:
    /// Before the first decision: what is on the shelves, and what was decided on orders before.
    void put_on_shelf(ProductId product, ShelfItem item);
    void remember(OrderId order, Reservation reservation);

    /// The order was placed. Rejected, in this order of reasons, when a product is unknown, when a
    /// price is not the catalog's, when less than the wanted quantity is available.
    Decision reserve(const Order& order);
    /// The order is paid.
    Decision commit(OrderId order);
    /// The order failed before it was paid.
    Decision release(OrderId order);
    /// The order was cancelled, perhaps after it was paid.
    Decision cancel(OrderId order);

    /// How many units moved into (negative: out of) each part; nothing for products with no change.
    struct StockMove {
        ProductId product;
        std::int64_t available = 0;
        std::int64_t reserved = 0;
        std::int64_t sold = 0;
    };
    std::vector<StockMove> moves() const; ///< by ascending product

    struct ReservationRecord {
        OrderId order;
        const Reservation& reservation; ///< valid while the ledger lives unchanged
    };
    std::vector<ReservationRecord> new_reservations() const;     ///< by ascending order
    std::vector<ReservationRecord> changed_reservations() const; ///< remembered ones, likewise

    const Stock& stock(ProductId product) const { return shelf_.at(product).now; }

private:
    struct Slot {
        ShelfItem item;
        Stock before;
        Stock now;
    };
    std::optional<Rejection> objection(const Order& order, const std::vector<ReservedLine>& wanted) const;
    Reservation* find(OrderId order);
    void bury(OrderId order);
    void release_lines(OrderId order, Reservation& reservation);

    std::map<ProductId, Slot> shelf_;
    std::map<OrderId, Reservation> reservations_;
    std::set<OrderId> new_;
    std::set<OrderId> changed_;
};

} // namespace tandem::product
