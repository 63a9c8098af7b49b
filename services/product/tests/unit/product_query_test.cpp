#include "services/product/api/etag.hpp"
#include "services/product/api/product_json.hpp"
#include "services/product/api/product_query.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tandem::product {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

http::Request asking(std::string query) {
    http::Request request;
    request.path = "/products";
    request.query = std::move(query);
    return request;
}

TEST(SearchQueryTest, AsksForTheFirstHundredProductsByDefault) {
    const auto search = read_search(asking(""));
    ASSERT_TRUE(search.has_value());
    EXPECT_EQ(search->skip, 0);
    EXPECT_EQ(search->limit, 100);
    EXPECT_EQ(search->category, std::nullopt);
    EXPECT_EQ(search->words, "");
    EXPECT_EQ(search->order, ProductOrder::id);
}

TEST(SearchQueryTest, ReadsEveryParameter) {
    const auto search = read_search(asking("skip=20&limit=500&category_id=3&q=usb%20c&sort=-price"));
    ASSERT_TRUE(search.has_value());
    EXPECT_EQ(search->skip, 20);
    EXPECT_EQ(search->limit, 500);
    EXPECT_EQ(search->category, CategoryId(3));
    EXPECT_EQ(search->words, "usb c");
    EXPECT_EQ(search->order, ProductOrder::price_descending);
}

TEST(SearchQueryTest, NamesTheParameterThatBreaksARule) {
    for (const std::string query : {"skip=-1",
                                    "skip=x",
                                    "limit=0",
                                    "limit=501",
                                    "limit=1.5",
                                    "category_id=0",
                                    "category_id=abc",
                                    "sort=size"}) {
        const auto search = read_search(asking(query));
        ASSERT_FALSE(search.has_value()) << query;
        EXPECT_EQ(search.error().kind(), ErrorKind::invalid) << query;
        EXPECT_EQ(search.error().fields().at(0).field, query.substr(0, query.find('='))) << query;
    }
}

TEST(IdsTest, AreReadFromAList) {
    EXPECT_THAT(read_ids("1,2,30").value(), ElementsAre(ProductId(1), ProductId(2), ProductId(30)));
    EXPECT_TRUE(read_ids("").value().empty());
    for (const auto* broken : {"0", "-1", "1,,2", "1;2", "a", "1, 2", "99999999999999999999"}) {
        EXPECT_FALSE(read_ids(broken).has_value()) << broken;
    }
}

TEST(EtagTest, IsTheSameForTheSameAnswerAndAnotherForAnother) {
    const auto tag = [](std::string body, std::string total) {
        auto response = http::Response::json(200, std::move(body));
        response.headers.set("X-Total-Count", std::move(total));
        return std::string(with_etag(asking(""), std::move(response)).headers.get("ETag"));
    };
    EXPECT_EQ(tag("[1]", "9"), tag("[1]", "9"));
    EXPECT_NE(tag("[1]", "9"), tag("[2]", "9"));
    EXPECT_NE(tag("[1]", "9"), tag("[1]", "10"));
}

TEST(EtagTest, SparesTheBodyWhenTheClientHasIt) {
    const auto first = with_etag(asking(""), http::Response::json(200, "[1]"));
    const std::string tag(first.headers.get("ETag"));
    EXPECT_EQ(first.status, 200);

    for (const std::string& known : {tag, "\"other\", " + tag, tag.substr(2), std::string("*")}) {
        http::Request request = asking("");
        request.headers.set("If-None-Match", known);
        const auto response = with_etag(request, http::Response::json(200, "[1]"));
        EXPECT_EQ(response.status, 304) << known;
        EXPECT_EQ(response.body, "");
        EXPECT_EQ(response.headers.get("ETag"), tag);
    }
    http::Request stale = asking("");
    stale.headers.set("If-None-Match", "\"other\", W/\"older\",,");
    EXPECT_EQ(with_etag(stale, http::Response::json(200, "[1]")).status, 200);
}

TEST(ProductJsonTest, HasTheShapeOfTheContract) {
    Product product;
    product.id = ProductId(1);
    product.name = "Lamp";
    product.price = Money::from_cents(3'990);
    product.available = 7;
    product.rating_sum = 9;
    product.review_count = 2;
    EXPECT_EQ(write_product(product),
              R"({"id":1,"name":"Lamp","description":"","price":"39.90","stock":7,"available_stock":7,)"
              R"("category_id":null,"image_url":null,"average_rating":4.5,"review_count":2,)"
              R"("created_at":"1970-01-01T00:00:00.000000Z","updated_at":"1970-01-01T00:00:00.000000Z"})");
    EXPECT_EQ(write_products({}), "[]");
}

TEST(ProductJsonTest, TakesItsStockUnderEitherName) {
    EXPECT_EQ(read_new_product(R"({"name":"a","price":"1.00","initial_inventory":5})")->stock, 5);
    EXPECT_EQ(read_new_product(R"({"name":"a","price":1,"stock":6})")->stock, 6);
    EXPECT_EQ(read_new_product(R"({"name":"a","price":"1.00"})")->stock, 0);
    EXPECT_EQ(read_product_change(R"({"stock":6})")->stock, 6);
}

TEST(ProductJsonTest, TellsWhatIsTakenAwayFromWhatStays) {
    const auto stays = read_product_change(R"({"name":null})");
    EXPECT_FALSE(stays->category.has_value());
    EXPECT_FALSE(stays->image_url.has_value());
    const auto cleared = read_product_change(R"({"category_id":null,"image_url":null})");
    ASSERT_TRUE(cleared->category.has_value());
    EXPECT_FALSE(cleared->category->has_value());
    ASSERT_TRUE(cleared->image_url.has_value());
    EXPECT_FALSE(cleared->image_url->has_value());
    EXPECT_EQ(read_product_change(R"({"image_url":""})")->image_url, cleared->image_url);
    EXPECT_EQ(read_product_change(R"({"category_id":3})")->category.value(), CategoryId(3));
}

TEST(ProductJsonTest, RefusesWrongTypes) {
    EXPECT_EQ(read_new_product("{").error().kind(), ErrorKind::bad_request);
    EXPECT_EQ(read_new_product(R"({"price":"1.00"})").error().kind(), ErrorKind::invalid);
    EXPECT_EQ(read_new_product(R"({"name":"a","price":"cheap"})").error().kind(), ErrorKind::invalid);
    EXPECT_EQ(read_new_product(R"({"name":"a","price":"1.00","stock":1.5})").error().kind(),
              ErrorKind::invalid);
    EXPECT_EQ(read_new_review(R"({"rating":"5"})", ProductId(1), UserId(1)).error().kind(),
              ErrorKind::invalid);
}

TEST(ReviewJsonTest, AnEmptyCommentIsNull) {
    EXPECT_THAT(write_review({ReviewId(1), ProductId(2), UserId(3), 4, "", {}}),
                HasSubstr(R"("comment":null)"));
}

} // namespace
} // namespace tandem::product
