#pragma once

#include "libs/http/client.hpp"
#include "services/cart/core/ports.hpp"

namespace tandem::cart {

/// The product service, asked by GET /products/{id}, at most `answer_timeout` long: a customer
/// waits.
class HttpCatalog final : public Catalog {
public:
    static constexpr std::chrono::milliseconds answer_timeout{2'000};

    HttpCatalog(http::Client& client, http::Endpoint product_service)
        : client_(client), product_service_(std::move(product_service)) {}

    /// Throws Unavailable for any answer but 200 and 404.
    Task<std::optional<ProductNews>> find(ProductId product, Context context, Deadline deadline) override;

private:
    http::Client& client_;
    http::Endpoint product_service_;
};

} // namespace tandem::cart
