#pragma once

#include "libs/postgres/pool.hpp"
#include "services/product/core/catalog_repository.hpp"

#include <functional>

namespace tandem::product {

/// The catalog in PostgreSQL. Each read is one statement. Each write is one transaction that also
/// puts product.product.changed into the outbox; it locks a product before its stock, as everybody
/// here does. Whether stock suffices is decided by the UPDATE itself.
class PostgresCatalog final : public CatalogRepository {
public:
    /// `stored` is called after each commit that put events into the outbox.
    PostgresCatalog(postgres::Pool& pool, std::function<void()> stored);

    Task<Page<Product>> search(ProductSearch search, Deadline deadline) override;
    Task<std::vector<Product>> find_all(std::vector<ProductId> ids, Deadline deadline) override;
    Task<std::optional<Product>> find(ProductId id, Deadline deadline) override;
    Task<std::vector<Category>> categories(Deadline deadline) override;

    Task<Stored<Product>> add(NewProduct product, Context context, Deadline deadline) override;
    Task<Stored<Product>>
    change(ProductId id, ProductChange change, Context context, Deadline deadline) override;
    Task<Stored<Product>>
    change_stock(ProductId id, std::int64_t units, Context context, Deadline deadline) override;
    Task<Stored<Product>> remove(ProductId id, Context context, Deadline deadline) override;
    Task<Stored<Category>> add_category(NewCategory category, Deadline deadline) override;

private:
    /// Runs `changes`, reads the product, announces it, commits.
    Task<Stored<Product>>
    write(ProductId id, std::vector<postgres::Statement> changes, Context context, Deadline deadline);

    postgres::Pool& pool_;
    std::function<void()> stored_;
};

} // namespace tandem::product
