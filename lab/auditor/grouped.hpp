#pragma once

#include "lab/auditor/row_stream.hpp"

#include <optional>
#include <stdexcept>
#include <vector>

namespace tandem::audit {

/// The rows of a stream, order by order: holds one row ahead, which names the next order.
template <class Row>
class Grouped {
public:
    explicit Grouped(Session session) : rows_(std::move(session), Row::query) { advance(); }

    /// Nothing at the end.
    std::optional<std::int64_t> next_order() const {
        return ahead_ ? std::optional(ahead_->order_id) : std::nullopt;
    }

    /// Moves the rows of that order into `into`; leaves it empty when the order has none.
    void take(std::int64_t order, std::vector<Row>& into) {
        into.clear();
        while (ahead_ && ahead_->order_id == order) {
            into.push_back(*std::move(ahead_));
            advance();
        }
    }

private:
    void advance() {
        const std::optional<std::int64_t> before = next_order();
        ahead_ = rows_.next() ? std::optional(Row::read(rows_)) : std::nullopt;
        if (before && ahead_ && ahead_->order_id < *before) {
            throw std::logic_error("rows came in another order than asked for");
        }
    }

    RowStream rows_;
    std::optional<Row> ahead_;
};

} // namespace tandem::audit
