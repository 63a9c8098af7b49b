#include "services/order/core/requested_lines.hpp"

#include "services/order/domain/order.hpp"

#include <algorithm>
#include <unordered_map>

namespace tandem::order {
namespace {

std::unexpected<Error> bad_quantity(const std::string& path) {
    return fail_field(path + "/quantity", "must be 1 to " + std::to_string(Order::quantity_max));
}

std::unexpected<Error> unknown_product(const std::string& path) {
    return fail_field(path + "/product_id", "is no product of the shop");
}

Error price_changed(const MergedLine& line, const CatalogEntry& entry) {
    const std::string price = entry.price.to_string();
    return {ErrorKind::conflict,
            "The price of '" + entry.name + "' has changed to " + price + ".",
            {{line.path + "/price", "price_changed: it is " + price + " now."}}};
}

bool was_seen_at_another_price(const MergedLine& line, Money price) {
    return std::ranges::any_of(line.prices_seen, [price](Money seen) { return seen != price; });
}

} // namespace

Result<std::vector<MergedLine>> merge_lines(std::vector<RequestedLine> requested) {
    if (requested.empty()) {
        return fail(ErrorKind::bad_request, "There is nothing to buy: the cart is empty.");
    }
    if (requested.size() > Order::lines_max) {
        return fail_field("items", "may have at most " + std::to_string(Order::lines_max) + " lines");
    }
    std::vector<MergedLine> merged;
    std::unordered_map<ProductId, std::size_t> places;
    for (std::size_t i = 0; i < requested.size(); ++i) {
        const RequestedLine& line = requested[i];
        const std::string path = "items/" + std::to_string(i);
        if (line.quantity < 1 || line.quantity > Order::quantity_max) {
            return bad_quantity(path);
        }
        if (line.product.value() < 1) {
            return unknown_product(path);
        }
        const auto [place, fresh] = places.try_emplace(line.product, merged.size());
        if (fresh) {
            merged.push_back({line.product, 0, {}, path});
        }
        MergedLine& target = merged[place->second];
        target.quantity += static_cast<int>(line.quantity);
        if (target.quantity > Order::quantity_max) {
            return bad_quantity(path);
        }
        if (line.price) {
            target.prices_seen.push_back(*line.price);
        }
    }
    return merged;
}

std::vector<ProductId> products_of(const std::vector<MergedLine>& lines) {
    std::vector<ProductId> products;
    products.reserve(lines.size());
    for (const MergedLine& line : lines) {
        products.push_back(line.product);
    }
    return products;
}

Result<std::vector<OrderLine>> price_lines(const std::vector<MergedLine>& lines,
                                           const std::vector<CatalogEntry>& entries) {
    std::vector<OrderLine> priced;
    priced.reserve(lines.size());
    for (const MergedLine& line : lines) {
        const auto entry = std::ranges::find(entries, line.product, &CatalogEntry::product);
        if (entry == entries.end()) {
            return unknown_product(line.path);
        }
        if (was_seen_at_another_price(line, entry->price)) {
            return fail(price_changed(line, *entry));
        }
        priced.push_back({line.product, entry->name, line.quantity, entry->price});
    }
    return priced;
}

} // namespace tandem::order
