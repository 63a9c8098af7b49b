#include "services/order/infrastructure/http_price_list.hpp"

#include "libs/json/json.hpp"
#include "libs/kernel/unavailable.hpp"
#include "libs/telemetry/log.hpp"
#include "services/order/infrastructure/upstream_request.hpp"

#include <exception>

namespace tandem::order {
namespace {

constexpr std::chrono::milliseconds patience{1'000};

struct CatalogProduct {
    ProductId id;
    std::string name;
    Money price;
};
BOOST_DESCRIBE_STRUCT(CatalogProduct, (), (id, name, price))

std::string ids_query(const std::vector<ProductId>& products) {
    std::string query = "ids=";
    for (const ProductId product : products) {
        query += std::to_string(product.value()) + ',';
    }
    query.pop_back();
    return query;
}

} // namespace

Task<std::vector<CatalogEntry>> HttpPriceList::look_up(std::vector<ProductId> products, Caller caller) {
    std::exception_ptr failure;
    std::vector<CatalogEntry> entries;
    try {
        entries = co_await ask(products, caller);
    } catch (const Unavailable& error) {
        failure = std::current_exception();
        telemetry::log_warn("product service cannot tell prices",
                            {{"problem", error.what()}, {"traceparent", caller.context.traceparent}});
    }
    if (!failure) {
        remember(entries);
        co_return entries;
    }
    auto recalled = recall(products);
    if (!recalled) {
        std::rethrow_exception(failure);
    }
    co_return *std::move(recalled);
}

Task<std::vector<CatalogEntry>> HttpPriceList::ask(std::vector<ProductId> products, Caller caller) {
    auto request = upstream_request(http::Method::get, "/products", caller, patience);
    request.route = request.path;
    request.query = ids_query(products);
    const auto response = co_await client_.send(service_, std::move(request));
    if (response.status != 200) {
        throw Unavailable("product service answered " + std::to_string(response.status));
    }
    auto found = json::read<std::vector<CatalogProduct>>(response.body);
    if (!found) {
        throw Unavailable("product service sent no products: " + found.error().message());
    }
    std::vector<CatalogEntry> entries;
    for (CatalogProduct& product : *found) {
        if (product.price <= Money()) {
            throw Unavailable("product service sent a product without a price");
        }
        entries.push_back({product.id, std::move(product.name), product.price});
    }
    co_return entries;
}

void HttpPriceList::remember(const std::vector<CatalogEntry>& entries) {
    for (const CatalogEntry& entry : entries) {
        if (remembered_.size() >= remembered_max && !remembered_.contains(entry.product)) {
            remembered_.erase(remembered_.begin());
        }
        remembered_.insert_or_assign(entry.product, entry);
    }
}

std::optional<std::vector<CatalogEntry>> HttpPriceList::recall(const std::vector<ProductId>& products) const {
    std::vector<CatalogEntry> entries;
    for (const ProductId product : products) {
        const auto found = remembered_.find(product);
        if (found == remembered_.end()) {
            return std::nullopt;
        }
        entries.push_back(found->second);
    }
    return entries;
}

} // namespace tandem::order
