#pragma once

#include "libs/kernel/result.hpp"
#include "services/product/core/catalog_repository.hpp"

namespace tandem::product {

/// Reading the catalog: for everybody.
class Catalog {
public:
    static constexpr std::size_t words_characters_max = 200;
    static constexpr std::size_t ids_max = 100;

    explicit Catalog(CatalogRepository& repository) : repository_(repository) {}

    Task<Result<Page<Product>>> search(ProductSearch search, Deadline deadline);
    /// Several at once, at most `ids_max`; ids that name nothing are left out.
    Task<Result<Page<Product>>> find_all(std::vector<ProductId> ids, Deadline deadline);
    Task<Result<Product>> find(ProductId id, Deadline deadline);
    Task<std::vector<Category>> categories(Deadline deadline);

private:
    CatalogRepository& repository_;
};

/// Writing the catalog: for admins, which the caller has checked.
class CatalogAdministration {
public:
    explicit CatalogAdministration(CatalogRepository& repository) : repository_(repository) {}

    Task<Result<Product>> add(NewProduct product, Context context, Deadline deadline);
    Task<Result<Product>> change(ProductId id, ProductChange change, Context context, Deadline deadline);
    Task<Result<Product>> change_stock(ProductId id, std::int64_t units, Context context, Deadline deadline);
    /// Orders keep their own copy of what they bought.
    Task<Result<void>> remove(ProductId id, Context context, Deadline deadline);
    Task<Result<Category>> add_category(NewCategory category, Deadline deadline);

private:
    CatalogRepository& repository_;
};

} // namespace tandem::product
