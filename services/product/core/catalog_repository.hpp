#pragma once

#include "libs/kernel/context.hpp"
#include "libs/kernel/task.hpp"
#include "services/product/domain/product.hpp"

#include <chrono>
#include <expected>
#include <optional>
#include <string>
#include <vector>

namespace tandem::product {

/// When the caller no longer wants the answer.
using Deadline = std::chrono::steady_clock::time_point;

template <class T>
struct Page {
    std::vector<T> items;
    std::int64_t total = 0; ///< without skip and limit
};

enum class ProductOrder { id, name, price, price_descending, newest };

struct ProductSearch {
    std::optional<CategoryId> category = std::nullopt;
    std::string words = {}; ///< somewhere in name or description, any case; empty: every product
    ProductOrder order = ProductOrder::id;
    std::int64_t skip = 0;
    std::int64_t limit = 100;
};

/// Why the catalog cannot be written as asked. The database decides, so that it holds whatever
/// others do at the same time.
enum class Refusal { not_found, unknown_category, stock_out_of_range, name_taken };

template <class T>
using Stored = std::expected<T, Refusal>;

/// Keeps products, their stock and the categories. Deleted products are not there for anybody.
/// Each writing call announces the change (product.product.changed): both happen, or neither.
/// Throws Unavailable when it cannot be reached, DeadlineExceeded when a call did not begin in time:
/// then nothing was written.
class CatalogRepository {
public:
    virtual ~CatalogRepository() = default;

    virtual Task<Page<Product>> search(ProductSearch search, Deadline deadline) = 0;
    /// Those that are there, by id.
    virtual Task<std::vector<Product>> find_all(std::vector<ProductId> ids, Deadline deadline) = 0;
    virtual Task<std::optional<Product>> find(ProductId id, Deadline deadline) = 0;
    virtual Task<std::vector<Category>> categories(Deadline deadline) = 0;

    virtual Task<Stored<Product>> add(NewProduct product, Context context, Deadline deadline) = 0;
    virtual Task<Stored<Product>>
    change(ProductId id, ProductChange change, Context context, Deadline deadline) = 0;
    /// Adds to, or with a negative number takes from, what can be bought.
    virtual Task<Stored<Product>>
    change_stock(ProductId id, std::int64_t units, Context context, Deadline deadline) = 0;
    virtual Task<Stored<Product>> remove(ProductId id, Context context, Deadline deadline) = 0;
    virtual Task<Stored<Category>> add_category(NewCategory category, Deadline deadline) = 0;
};

} // namespace tandem::product
