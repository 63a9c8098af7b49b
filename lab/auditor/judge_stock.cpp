#include "lab/auditor/judges.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace tandem::audit {
namespace {

/// Collects what is wrong with one product's figures.
class ProductJudge {
public:
    ProductJudge(const StockRow& row, const ProductSums& sums, Findings& findings)
        : row_(row), sums_(sums), findings_(findings) {}

    void judge() {
        const StockRow& row = row_;
        if (std::min({row.initial, row.restocked + row.initial, row.available, row.reserved, row.sold}) < 0) {
            violate(Needs::nothing, "stock_negative", "has a negative figure");
        }
        if (row.initial + row.restocked != row.available + row.reserved + row.sold) {
            violate(Needs::nothing,
                    "stock_unbalanced",
                    fmt::format("came to {} units and accounts for {}",
                                row.initial + row.restocked,
                                row.available + row.reserved + row.sold));
        }
        if (row.reserved != sums_.reserved) {
            violate(Needs::nothing,
                    "reserved_differs",
                    fmt::format("has {} units reserved, its reservations {}", row.reserved, sums_.reserved));
        }
        if (row.sold != sums_.committed) {
            violate(Needs::nothing,
                    "committed_differs",
                    fmt::format("has {} units sold, its reservations {}", row.sold, sums_.committed));
        }
        if (row.reserved != 0) {
            violate(Needs::rest,
                    "reserved_at_rest",
                    fmt::format("has {} units reserved, and no order is open", row.reserved));
        }
        if (row.sold != sums_.bought) {
            violate(Needs::rest,
                    "sold_differs",
                    fmt::format("has {} units sold, paid orders {}", row.sold, sums_.bought));
        }
    }

private:
    void violate(Needs needs, std::string_view kind, const std::string& what) {
        const std::string figures =
            fmt::format("initial {}, restocked {}, available {}, reserved {}, sold {}",
                        row_.initial,
                        row_.restocked,
                        row_.available,
                        row_.reserved,
                        row_.sold);
        const std::string orders =
            fmt::format("reserved {}, committed {} in reservations (last of order {}); {} in paid orders",
                        sums_.reserved,
                        sums_.committed,
                        sums_.last_order,
                        sums_.bought);
        findings_.violate({Law::stock,
                           needs,
                           kind,
                           fmt::format("product {} {}", row_.product_id, what),
                           {{"stock row", figures}, {"orders", orders}}});
    }

    const StockRow& row_;
    const ProductSums& sums_;
    Findings& findings_;
};

} // namespace

void judge_stock(const std::vector<StockRow>& stock, const StockSums& sums, Findings& findings) {
    const ProductSums nothing;
    for (const StockRow& row : stock) {
        findings.count(Law::stock, "products");
        const auto found = sums.find(row.product_id);
        ProductJudge(row, found == sums.end() ? nothing : found->second, findings).judge();
    }
    for (const auto& [product, sum] : sums) {
        const bool is_known = std::ranges::binary_search(stock, product, {}, &StockRow::product_id);
        if (!is_known) {
            findings.violate(
                {Law::stock,
                 Needs::rest,
                 "product_without_stock",
                 fmt::format("orders hold units of product {}, which has no stock", product),
                 {{"orders",
                   fmt::format(
                       "reserved {}, committed {}, bought {}", sum.reserved, sum.committed, sum.bought)}}});
        }
    }
}

} // namespace tandem::audit
