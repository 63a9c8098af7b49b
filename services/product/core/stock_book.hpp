#pragma once

#include "libs/kernel/context.hpp"
#include "libs/kernel/task.hpp"
#include "services/product/domain/stock_ledger.hpp"

#include <memory>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

namespace tandem::product {

/// Another instance worked on the same orders or products at the same time and one of the two had
/// to give way. Nothing was written; the batch begins anew.
class Contention : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// What a batch is about. It is named before the batch begins, so that everything is locked at
/// once and in one order.
struct StockScope {
    std::vector<std::string> event_ids;
    std::vector<OrderId> orders;
    std::vector<ProductId> products;
};

/// Something about an order's stock that the other services must hear.
struct StockAnnouncement {
    enum class Kind { reserved, rejected, released };
    Kind kind = Kind::reserved;
    Order order;
    std::string reason;  ///< of rejected and released, else empty
    std::string message; ///< of rejected: a sentence for the customer
    Context context;
};

/// A user who has paid for a product, and so may review it.
struct Purchase {
    UserId user;
    ProductId product;
    friend auto operator<=>(const Purchase&, const Purchase&) = default;
};

/// What goes into the book along with the ledger's own changes.
struct StockEntries {
    std::vector<StockAnnouncement> announcements;
    std::set<Purchase> purchases;
    std::vector<std::string> postponed_events; ///< forgotten again, since they come once more
    std::vector<OrderId> refused_orders;       ///< paid without a reservation: to be logged
};

/// One transaction on the stock. Dropped without `write`, it changes nothing.
class StockPage {
public:
    virtual ~StockPage() = default;
    /// Of the scope's events: those that were not handled before.
    virtual const std::set<std::string>& new_events() const = 0;
    /// Holds the scope's products, locked, and what was decided on its orders before.
    virtual StockLedger& ledger() = 0;
    /// Writes the ledger's changes and `entries`: all or nothing. May throw Contention.
    virtual Task<> write(StockEntries entries) = 0;
};

/// Where stock and reservations are kept. Throws Unavailable when it cannot be reached.
class StockBook {
public:
    virtual ~StockBook() = default;
    /// May throw Contention.
    virtual Task<std::unique_ptr<StockPage>> open(StockScope scope) = 0;
};

} // namespace tandem::product
