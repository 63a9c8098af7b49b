#pragma once

#include "libs/auth/authenticator.hpp"
#include "libs/http/router.hpp"
#include "services/product/core/catalog.hpp"

namespace tandem::product {

/// The catalog part of docs/api/openapi.yaml, without the /api prefix.
class ProductRoutes {
public:
    ProductRoutes(Catalog& catalog, CatalogAdministration& administration, auth::Authenticator& authenticator)
        : catalog_(catalog), administration_(administration), authenticator_(authenticator) {}

    void mount(http::Router& router);

private:
    Task<http::Response> list(http::Request request);
    Task<http::Response> find(http::Request request);
    Task<http::Response> list_categories(http::Request request);

    Task<http::Response> add(http::Request request);
    Task<http::Response> change(http::Request request);
    Task<http::Response> change_stock(http::Request request);
    Task<http::Response> remove(http::Request request);
    Task<http::Response> add_category(http::Request request);

    Task<Result<Page<Product>>> ask(http::Request request);
    /// 401, 403 or 415; nothing when an admin sends JSON.
    Task<std::optional<http::Response>> refuse_writing(http::Request request);
    /// The product of the path, or as above, or 404 when that is no number.
    Task<std::expected<ProductId, http::Response>> product_to_write(http::Request request);

    Catalog& catalog_;
    CatalogAdministration& administration_;
    auth::Authenticator& authenticator_;
};

} // namespace tandem::product
