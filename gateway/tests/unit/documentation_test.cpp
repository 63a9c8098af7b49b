#include "gateway/documentation.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tandem::gateway {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::string_view contract = R"(openapi: 3.1.0
info:
  title: Shop
tags:
  - { name: catalog }
paths:
  /api/products/{id}:
    parameters:
      - { $ref: '#/components/parameters/Id' }
    get:
      tags: [catalog]
      operationId: getProduct
      summary: One <product> & more.
    delete:
      tags: [catalog]
      summary: Takes it off.
components:
  schemas:
    get:
      summary: not an operation
)";

TEST(DocumentationTest, FindsTheOperationsOfTheContract) {
    const auto operations = operations_of(contract);
    ASSERT_EQ(operations.size(), 2u);
    EXPECT_EQ(operations[0].method, "GET");
    EXPECT_EQ(operations[0].path, "/api/products/{id}");
    EXPECT_EQ(operations[0].tag, "catalog");
    EXPECT_EQ(operations[0].summary, "One <product> & more.");
    EXPECT_EQ(operations[1].method, "DELETE");
    EXPECT_EQ(operations[1].path, "/api/products/{id}");
}

TEST(DocumentationTest, MakesAPageThatNeedsNothingElse) {
    const std::string page = documentation_page(operations_of(contract));
    EXPECT_THAT(page, HasSubstr("<code>/api/products/{id}</code>"));
    EXPECT_THAT(page, HasSubstr("One &lt;product&gt; &amp; more."));
    EXPECT_THAT(page, Not(HasSubstr("<script")));
    EXPECT_THAT(page, Not(HasSubstr("src=")));
    EXPECT_THAT(page, Not(HasSubstr("https://")));
}

} // namespace
} // namespace tandem::gateway
