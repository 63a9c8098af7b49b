#include "services/product/core/catalog.hpp"
#include "services/product/infrastructure/postgres_catalog.hpp"
#include "services/product/tests/integration/product_database.hpp"

#include <boost/asio/co_spawn.hpp>
#include <gmock/gmock.h>

namespace tandem::product {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::run;

class PostgresCatalogTest : public ProductDatabaseTest {
protected:
    std::vector<std::string> names(ProductSearch search) {
        std::vector<std::string> result;
        for (const Product& product : run(io, catalog.search(std::move(search), later)).items) {
            result.push_back(product.name);
        }
        return result;
    }
    Product add(std::string name, Money price, std::int64_t stock) {
        NewProduct product{std::move(name), "Described.", price, std::nullopt, std::nullopt, stock};
        return run(io, catalog.add(std::move(product), {}, later)).value();
    }
    std::string last_event() {
        constexpr postgres::Query query{"test.last_event",
                                        "SELECT body FROM outbox ORDER BY position DESC LIMIT 1"};
        return run(io, pool.query(query, postgres::Params()))[0].text(0);
    }

    const Deadline later = Deadline::max();
    int stored = 0;
    PostgresCatalog catalog{pool, [this] { ++stored; }};
};

TEST_F(PostgresCatalogTest, IsSeededOnceAndAnnouncesEveryProduct) {
    const auto products = static_cast<std::int64_t>(first_catalog().products.size());
    run(io, seed_catalog(pool, first_catalog(), [] {}));

    EXPECT_EQ(number("SELECT count(*) FROM products"), products);
    EXPECT_EQ(number("SELECT sum(initial)::bigint FROM stock WHERE product_id <= 3"), 85);
    EXPECT_EQ(announced("product.changed"), products);
    EXPECT_GT(add("After the seed", mouse_price, 1).id.value(), products);
}

TEST_F(PostgresCatalogTest, FindsAProductByItsId) {
    const auto product = run(io, catalog.find(laptop, later));
    ASSERT_TRUE(product.has_value());
    EXPECT_EQ(product->name, "Gaming Laptop");
    EXPECT_EQ(product->price, laptop_price);
    EXPECT_EQ(product->available, 10);
    EXPECT_EQ(product->image_url, "/img/gaming-laptop.svg");
    EXPECT_FALSE(run(io, catalog.find(ProductId(4'711), later)).has_value());
}

TEST_F(PostgresCatalogTest, FindsSeveralByTheirIdsAndLeavesTheUnknownOut) {
    const auto products = run(io, catalog.find_all({keyboard, ProductId(4'711), laptop, laptop}, later));
    ASSERT_EQ(products.size(), 2u);
    EXPECT_EQ(products[0].id, laptop);
    EXPECT_EQ(products[1].id, keyboard);
}

TEST_F(PostgresCatalogTest, PagesAndCountsEverything) {
    const auto total = static_cast<std::int64_t>(first_catalog().products.size());
    const auto page = run(io, catalog.search({.skip = 1, .limit = 2}, later));
    EXPECT_EQ(page.total, total);
    ASSERT_EQ(page.items.size(), 2u);
    EXPECT_EQ(page.items[0].id, mouse);

    const auto beyond = run(io, catalog.search({.skip = 10'000}, later));
    EXPECT_EQ(beyond.total, total);
    EXPECT_TRUE(beyond.items.empty());
}

TEST_F(PostgresCatalogTest, SearchesNameAndDescriptionInAnyCase) {
    EXPECT_THAT(names({.words = "wireless M"}), ElementsAre("Wireless Mouse"));
    EXPECT_THAT(names({.words = "DOUBLE-SHOT"}), ElementsAre("Mechanical Keyboard"));
    const auto none = run(io, catalog.search({.words = "no such thing"}, later));
    EXPECT_EQ(none.total, 0);
    EXPECT_TRUE(none.items.empty());
}

TEST_F(PostgresCatalogTest, TakesWildcardsAndQuotesLiterally) {
    add("Rebate 100% off_season \\ 'now'", mouse_price, 1);
    add("Rebate 100 per cent offseason", mouse_price, 1);
    for (const std::string words : {"100%", "off_", "\\", "'now'"}) {
        EXPECT_EQ(names({.words = words}).size(), 1u) << words;
    }
    EXPECT_EQ(names({.words = "'; DROP TABLE products; --"}).size(), 0u);
}

TEST_F(PostgresCatalogTest, SortsAsAsked) {
    EXPECT_THAT(names({.order = ProductOrder::name, .limit = 2}),
                ElementsAre("8-Port Switch", "Bookshelf Speakers"));
    EXPECT_THAT(names({.order = ProductOrder::price, .limit = 1}), ElementsAre("Test: declined card"));
    EXPECT_THAT(names({.order = ProductOrder::price_descending, .limit = 1}), ElementsAre("Gaming Laptop"));
    add("Brand-new", mouse_price, 1);
    EXPECT_THAT(names({.order = ProductOrder::newest, .limit = 1}), ElementsAre("Brand-new"));
}

TEST_F(PostgresCatalogTest, FiltersByCategory) {
    const CategoryId audio = run(io, catalog.find(ProductId(10), later))->category.value();
    EXPECT_EQ(names({.category = audio}).size(), 4u);
    EXPECT_THAT(names({.category = audio, .words = "earbuds"}), ElementsAre("Wireless Earbuds"));
    EXPECT_TRUE(names({.category = CategoryId(4'711)}).empty());
}

TEST_F(PostgresCatalogTest, AddsAProductWithItsStockAndAnnouncesIt) {
    const std::int64_t before = announced("product.changed");
    const Product added = add("Trackball", Money::from_cents(5'990), 7);

    const auto found = run(io, catalog.find(added.id, later));
    EXPECT_EQ(found->name, "Trackball");
    EXPECT_EQ(found->available, 7);
    EXPECT_EQ(found->created_at, added.created_at);
    EXPECT_EQ(stock(added.id), Stock::of(7));
    EXPECT_EQ(announced("product.changed"), before + 1);
    EXPECT_THAT(last_event(),
                HasSubstr(R"("price":"59.90","image_url":null,"available_stock":7,"deleted":false)"));
    EXPECT_EQ(stored, 1);
}

TEST_F(PostgresCatalogTest, RefusesAnUnknownCategoryAndStoresNothing) {
    const std::int64_t before = number("SELECT count(*) FROM products");
    NewProduct product{"Trackball", "", mouse_price, CategoryId(4'711), std::nullopt, 1};
    EXPECT_EQ(run(io, catalog.add(product, {}, later)).error(), Refusal::unknown_category);
    EXPECT_EQ(run(io, catalog.change(laptop, {.category = CategoryId(4'711)}, {}, later)).error(),
              Refusal::unknown_category);
    EXPECT_EQ(number("SELECT count(*) FROM products"), before);
    EXPECT_EQ(stored, 0);
}

TEST_F(PostgresCatalogTest, ChangesOnlyWhatIsGiven) {
    const auto before = run(io, catalog.find(laptop, later));
    const auto changed = run(io, catalog.change(laptop, {.price = mouse_price, .stock = 4}, {}, later));

    ASSERT_TRUE(changed.has_value());
    EXPECT_EQ(changed->name, before->name);
    EXPECT_EQ(changed->image_url, before->image_url);
    EXPECT_EQ(changed->category, before->category);
    ASSERT_TRUE(before->category.has_value());
    EXPECT_EQ(changed->price, mouse_price);
    EXPECT_EQ(changed->available, 4);
    EXPECT_GT(changed->updated_at, before->updated_at);
    EXPECT_EQ(stock(laptop), (Stock{.initial = 10, .restocked = -6, .available = 4}));
    EXPECT_THAT(last_event(), HasSubstr(R"("price":"49.99")"));

    const ProductChange bare{.category = std::optional<CategoryId>(),
                             .image_url = std::optional<std::string>()};
    const auto cleared = run(io, catalog.change(laptop, bare, {}, later));
    EXPECT_EQ(cleared->category, std::nullopt);
    EXPECT_EQ(cleared->image_url, std::nullopt);
    EXPECT_EQ(cleared->name, before->name);
    EXPECT_EQ(run(io, catalog.change(ProductId(4'711), {.stock = 4}, {}, later)).error(), Refusal::not_found);
}

TEST_F(PostgresCatalogTest, AStockChangeNeverGoesBelowZeroOrBeyondTheLimit) {
    EXPECT_EQ(run(io, catalog.change_stock(laptop, -10, {}, later))->available, 0);
    EXPECT_EQ(run(io, catalog.change_stock(laptop, -1, {}, later)).error(), Refusal::stock_out_of_range);
    EXPECT_EQ(run(io, catalog.change_stock(laptop, 12, {}, later))->available, 12);
    EXPECT_EQ(run(io, catalog.change_stock(laptop, stock_max, {}, later)).error(),
              Refusal::stock_out_of_range);
    EXPECT_EQ(run(io, catalog.change_stock(ProductId(4'711), 1, {}, later)).error(), Refusal::not_found);

    EXPECT_EQ(stock(laptop), (Stock{.initial = 10, .restocked = 2, .available = 12}));
    EXPECT_EQ(stored, 2);
}

TEST_F(PostgresCatalogTest, OfManyAdminsThatTakeTheLastUnitsOnlySomeSucceed) {
    int granted = 0;
    int refused = 0;
    for (int admin = 0; admin < 25; ++admin) {
        boost::asio::co_spawn(io,
                              catalog.change_stock(laptop, -1, {}, later),
                              [&](std::exception_ptr failure, const Stored<Product>& outcome) {
                                  if (!failure) {
                                      ++(outcome ? granted : refused);
                                  }
                              });
    }
    run(io, until([&] { return granted + refused == 25; }));

    EXPECT_EQ(granted, 10);
    EXPECT_EQ(stock(laptop).available, 0);
}

TEST_F(PostgresCatalogTest, ADeletedProductIsGoneForReadersAndKeptForOrders) {
    EXPECT_TRUE(run(io, catalog.remove(laptop, {}, later)).has_value());

    EXPECT_FALSE(run(io, catalog.find(laptop, later)).has_value());
    EXPECT_TRUE(run(io, catalog.find_all({laptop}, later)).empty());
    EXPECT_EQ(run(io, catalog.search({}, later)).total,
              static_cast<std::int64_t>(first_catalog().products.size()) - 1);
    EXPECT_EQ(run(io, catalog.remove(laptop, {}, later)).error(), Refusal::not_found);
    EXPECT_EQ(run(io, catalog.change(laptop, {.name = "Back"}, {}, later)).error(), Refusal::not_found);
    EXPECT_EQ(run(io, catalog.change_stock(laptop, 1, {}, later)).error(), Refusal::not_found);
    EXPECT_EQ(stock(laptop), Stock::of(10));
    EXPECT_THAT(last_event(), HasSubstr(R"("deleted":true)"));
}

TEST_F(PostgresCatalogTest, ACategoryNameIsTakenInAnyCase) {
    const auto added = run(io, catalog.add_category({"Garden", "Outside."}, later));
    ASSERT_TRUE(added.has_value());
    EXPECT_EQ(run(io, catalog.add_category({"GARDEN", ""}, later)).error(), Refusal::name_taken);
    EXPECT_EQ(run(io, catalog.add_category({"audio", ""}, later)).error(), Refusal::name_taken);

    const auto categories = run(io, catalog.categories(later));
    EXPECT_EQ(categories.size(), first_catalog().categories.size() + 1);
}

} // namespace
} // namespace tandem::product
