#pragma once

#include "services/product/core/stock_book.hpp"

#include <optional>
#include <string>
#include <vector>

namespace tandem::product {

/// News about an order.
struct OrderNotice {
    enum class Kind { created, paid, failed, cancelled };
    Kind kind = Kind::created;
    std::string event_id;
    Order order;
    std::string reason; ///< of failed and cancelled
    Context context;
};

/// Keeps the stock in step with the orders: the product service's part of the checkout.
class StockKeeping {
public:
    static constexpr int attempts_max = 8;

    /// What a notice did; nothing when it had been handled before. After Effect::premature hand it in
    /// again later.
    using Settlement = std::optional<Effect>;

    explicit StockKeeping(StockBook& book) : book_(book) {}

    /// Decides over the notices in the given order and writes all of it in one transaction; one
    /// settlement a notice. Under contention it begins anew, `attempts_max` times in all, then
    /// throws Contention.
    Task<std::vector<Settlement>> settle(std::vector<OrderNotice> notices);

private:
    StockBook& book_;
};

} // namespace tandem::product
