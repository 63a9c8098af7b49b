#pragma once

#include "libs/http/client.hpp"
#include "services/order/core/price_list.hpp"

#include <optional>
#include <unordered_map>

namespace tandem::order {

/// The product service over HTTP. What it said last is remembered, for at most `remembered_max`
/// products, and used only while it cannot be reached: it checks the price again when it reserves.
class HttpPriceList final : public PriceList {
public:
    static constexpr std::size_t remembered_max = 10'000;

    HttpPriceList(http::Client& client, http::Endpoint service)
        : client_(client), service_(std::move(service)) {}

    Task<std::vector<CatalogEntry>> look_up(std::vector<ProductId> products, Caller caller) override;

private:
    Task<std::vector<CatalogEntry>> ask(std::vector<ProductId> products, Caller caller);
    void remember(const std::vector<CatalogEntry>& entries);
    /// Nothing unless all are remembered.
    std::optional<std::vector<CatalogEntry>> recall(const std::vector<ProductId>& products) const;

    http::Client& client_;
    http::Endpoint service_;
    std::unordered_map<ProductId, CatalogEntry> remembered_;
};

} // namespace tandem::order
