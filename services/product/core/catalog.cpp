#include "services/product/core/catalog.hpp"

#include "services/product/domain/field_check.hpp"

#include <fmt/format.h>
#include <utility>

namespace tandem::product {
namespace {

std::unexpected<Error> refused(Refusal refusal) {
    switch (refusal) {
    case Refusal::not_found:
        return fail(ErrorKind::not_found, "There is no such product.");
    case Refusal::unknown_category:
        return fail_field("category_id", "is no category of the shop");
    case Refusal::stock_out_of_range:
        return fail(ErrorKind::conflict,
                    fmt::format("The stock of a product stays between 0 and {} units.", stock_max));
    case Refusal::name_taken:
        return fail(ErrorKind::conflict, "There is a category of that name already.");
    }
    std::unreachable();
}

template <class T>
Result<T> outcome(Stored<T> stored) {
    if (!stored) {
        return refused(stored.error());
    }
    return *std::move(stored);
}

} // namespace

Task<Result<Page<Product>>> Catalog::search(ProductSearch search, Deadline deadline) {
    FieldCheck check;
    check.text("q", search.words, 0, words_characters_max);
    auto valid = std::move(check).outcome();
    if (!valid) {
        co_return fail(std::move(valid.error()));
    }
    Page<Product> page = co_await repository_.search(std::move(search), deadline);
    co_return page;
}

Task<Result<Page<Product>>> Catalog::find_all(std::vector<ProductId> ids, Deadline deadline) {
    if (ids.size() > ids_max) {
        co_return fail_field("ids", fmt::format("must be {} ids at most", ids_max));
    }
    std::vector<Product> products = co_await repository_.find_all(std::move(ids), deadline);
    const auto total = static_cast<std::int64_t>(products.size());
    co_return Page<Product>{std::move(products), total};
}

Task<Result<Product>> Catalog::find(ProductId id, Deadline deadline) {
    std::optional<Product> product = co_await repository_.find(id, deadline);
    if (!product) {
        co_return refused(Refusal::not_found);
    }
    co_return *std::move(product);
}

Task<std::vector<Category>> Catalog::categories(Deadline deadline) {
    std::vector<Category> categories = co_await repository_.categories(deadline);
    co_return categories;
}

Task<Result<Product>> CatalogAdministration::add(NewProduct product, Context context, Deadline deadline) {
    auto valid = product.validate();
    if (!valid) {
        co_return fail(std::move(valid.error()));
    }
    auto stored = co_await repository_.add(std::move(product), std::move(context), deadline);
    co_return outcome(std::move(stored));
}

Task<Result<Product>>
CatalogAdministration::change(ProductId id, ProductChange change, Context context, Deadline deadline) {
    auto valid = change.validate();
    if (!valid) {
        co_return fail(std::move(valid.error()));
    }
    auto stored = co_await repository_.change(id, std::move(change), std::move(context), deadline);
    co_return outcome(std::move(stored));
}

Task<Result<Product>>
CatalogAdministration::change_stock(ProductId id, std::int64_t units, Context context, Deadline deadline) {
    FieldCheck check;
    check.number("stock_change", units, -stock_max, stock_max);
    auto valid = std::move(check).outcome();
    if (!valid) {
        co_return fail(std::move(valid.error()));
    }
    auto stored = co_await repository_.change_stock(id, units, std::move(context), deadline);
    co_return outcome(std::move(stored));
}

Task<Result<void>> CatalogAdministration::remove(ProductId id, Context context, Deadline deadline) {
    const auto removed = co_await repository_.remove(id, std::move(context), deadline);
    if (!removed) {
        co_return refused(removed.error());
    }
    co_return Result<void>();
}

Task<Result<Category>> CatalogAdministration::add_category(NewCategory category, Deadline deadline) {
    auto valid = category.validate();
    if (!valid) {
        co_return fail(std::move(valid.error()));
    }
    auto stored = co_await repository_.add_category(std::move(category), deadline);
    co_return outcome(std::move(stored));
}

} // namespace tandem::product
