#include "libs/testing/run.hpp"
#include "services/product/core/catalog.hpp"

#include <gtest/gtest.h>

namespace tandem::product {
namespace {

using testing::run;

/// Answers every write with `refusal`, or grants it.
class CatalogInMemory final : public CatalogRepository {
public:
    Task<Page<Product>> search(ProductSearch search, Deadline) override {
        searched = std::move(search);
        co_return Page<Product>{{lamp}, 1};
    }
    Task<std::vector<Product>> find_all(std::vector<ProductId> ids, Deadline) override {
        std::vector<Product> found;
        for (const ProductId id : ids) {
            if (id == lamp.id) {
                found.push_back(lamp);
            }
        }
        co_return found;
    }
    Task<std::optional<Product>> find(ProductId id, Deadline) override {
        co_return id == lamp.id ? std::optional(lamp) : std::nullopt;
    }
    Task<std::vector<Category>> categories(Deadline) override { co_return std::vector<Category>{}; }

    Task<Stored<Product>> add(NewProduct, Context, Deadline) override { return granted(lamp); }
    Task<Stored<Product>> change(ProductId, ProductChange, Context, Deadline) override {
        return granted(lamp);
    }
    Task<Stored<Product>> change_stock(ProductId, std::int64_t, Context, Deadline) override {
        return granted(lamp);
    }
    Task<Stored<Product>> remove(ProductId, Context, Deadline) override { return granted(lamp); }
    Task<Stored<Category>> add_category(NewCategory category, Deadline) override {
        return granted(Category{CategoryId(1), category.name, category.description});
    }

    template <class T>
    Task<Stored<T>> granted(T value) {
        ++writes;
        if (refusal) {
            co_return std::unexpected(*refusal);
        }
        co_return value;
    }

    Product lamp{.id = ProductId(5), .name = "Desk Lamp"};
    std::optional<Refusal> refusal;
    std::optional<ProductSearch> searched;
    int writes = 0;
};

class CatalogTest : public ::testing::Test {
protected:
    static NewProduct draft() {
        return {"Desk Lamp", "", Money::from_cents(3'999), std::nullopt, std::nullopt, 1};
    }

    ErrorKind refused_with(Refusal refusal) {
        repository.refusal = refusal;
        return run(administration.change(ProductId(5), {.name = "Lamp"}, {}, later)).error().kind();
    }

    const Deadline later = Deadline::max();
    CatalogInMemory repository;
    Catalog catalog{repository};
    CatalogAdministration administration{repository};
};

TEST_F(CatalogTest, FindsAProductOrSaysThatThereIsNone) {
    EXPECT_EQ(run(catalog.find(ProductId(5), later))->name, "Desk Lamp");
    EXPECT_EQ(run(catalog.find(ProductId(6), later)).error().kind(), ErrorKind::not_found);
}

TEST_F(CatalogTest, LeavesUnknownIdsOut) {
    const auto page = run(catalog.find_all({ProductId(4), ProductId(5)}, later));
    ASSERT_TRUE(page.has_value());
    EXPECT_EQ(page->items.size(), 1u);
    EXPECT_EQ(page->total, 1);
}

TEST_F(CatalogTest, RefusesMoreIdsThanAQuoteNeeds) {
    EXPECT_TRUE(run(catalog.find_all(std::vector<ProductId>(100), later)).has_value());
    EXPECT_EQ(run(catalog.find_all(std::vector<ProductId>(101), later)).error().kind(), ErrorKind::invalid);
}

TEST_F(CatalogTest, RefusesSearchWordsThatAreTooLongOrNotText) {
    for (const std::string& words : {std::string(201, 'x'), std::string("\xff"), std::string("a\0b", 3)}) {
        EXPECT_EQ(run(catalog.search({.words = words}, later)).error().kind(), ErrorKind::invalid);
    }
    EXPECT_FALSE(repository.searched.has_value());
    EXPECT_TRUE(run(catalog.search({.words = "100%_\\"}, later)).has_value());
}

TEST_F(CatalogTest, StoresNothingThatBreaksARule) {
    NewProduct free_of_charge = draft();
    free_of_charge.price = Money();
    EXPECT_EQ(run(administration.add(free_of_charge, {}, later)).error().kind(), ErrorKind::invalid);
    EXPECT_EQ(run(administration.change(ProductId(5), {.stock = -1}, {}, later)).error().kind(),
              ErrorKind::invalid);
    EXPECT_EQ(run(administration.change_stock(ProductId(5), stock_max + 1, {}, later)).error().kind(),
              ErrorKind::invalid);
    EXPECT_EQ(run(administration.add_category({"", ""}, later)).error().kind(), ErrorKind::invalid);
    EXPECT_EQ(repository.writes, 0);
}

TEST_F(CatalogTest, TellsWhyTheCatalogCannotBeWritten) {
    EXPECT_EQ(refused_with(Refusal::not_found), ErrorKind::not_found);
    EXPECT_EQ(refused_with(Refusal::unknown_category), ErrorKind::invalid);
    EXPECT_EQ(refused_with(Refusal::stock_out_of_range), ErrorKind::conflict);
    EXPECT_EQ(refused_with(Refusal::name_taken), ErrorKind::conflict);
    EXPECT_EQ(run(administration.remove(ProductId(5), {}, later)).error().kind(), ErrorKind::conflict);
}

TEST_F(CatalogTest, GrantsWhatIsInOrder) {
    EXPECT_TRUE(run(administration.add(draft(), {}, later)).has_value());
    EXPECT_TRUE(run(administration.change_stock(ProductId(5), -3, {}, later)).has_value());
    EXPECT_TRUE(run(administration.remove(ProductId(5), {}, later)).has_value());
    EXPECT_TRUE(run(administration.add_category({"Audio", ""}, later)).has_value());
}

} // namespace
} // namespace tandem::product
