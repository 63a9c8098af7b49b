#include "services/product/api/product_json.hpp"

#include "libs/json/json.hpp"

#include <utility>

namespace tandem::product {
namespace {

struct ProductBody {
    ProductId id;
    std::string name;
    std::string description;
    Money price;
    std::int64_t stock;
    std::int64_t available_stock;
    std::optional<CategoryId> category_id;
    std::optional<std::string> image_url;
    double average_rating;
    std::int64_t review_count;
    Timestamp created_at;
    Timestamp updated_at;
};
BOOST_DESCRIBE_STRUCT(ProductBody,
                      (),
                      (id,
                       name,
                       description,
                       price,
                       stock,
                       available_stock,
                       category_id,
                       image_url,
                       average_rating,
                       review_count,
                       created_at,
                       updated_at))

struct CategoryBody {
    CategoryId id;
    std::string name;
    std::string description;
};
BOOST_DESCRIBE_STRUCT(CategoryBody, (), (id, name, description))

struct ReviewBody {
    ReviewId id;
    ProductId product_id;
    UserId user_id;
    std::int64_t rating;
    std::optional<std::string> comment;
    Timestamp created_at;
};
BOOST_DESCRIBE_STRUCT(ReviewBody, (), (id, product_id, user_id, rating, comment, created_at))

struct NewProductBody {
    std::string name;
    std::optional<std::string> description;
    Money price;
    std::optional<CategoryId> category_id;
    std::optional<std::string> image_url;
    std::optional<std::int64_t> initial_inventory;
    std::optional<std::int64_t> stock;
};
BOOST_DESCRIBE_STRUCT(NewProductBody,
                      (),
                      (name, description, price, category_id, image_url, initial_inventory, stock))

struct ProductChangeBody {
    std::optional<std::string> name;
    std::optional<std::string> description;
    std::optional<Money> price;
    std::optional<std::optional<CategoryId>> category_id;
    std::optional<std::optional<std::string>> image_url;
    std::optional<std::int64_t> initial_inventory;
    std::optional<std::int64_t> stock;
};
BOOST_DESCRIBE_STRUCT(ProductChangeBody,
                      (),
                      (name, description, price, category_id, image_url, initial_inventory, stock))

struct NewCategoryBody {
    std::string name;
    std::optional<std::string> description;
};
BOOST_DESCRIBE_STRUCT(NewCategoryBody, (), (name, description))

struct NewReviewBody {
    std::int64_t rating;
    std::optional<std::string> comment;
};
BOOST_DESCRIBE_STRUCT(NewReviewBody, (), (rating, comment))

ProductBody body_of(const Product& product) {
    return {product.id,
            product.name,
            product.description,
            product.price,
            product.available,
            product.available,
            product.category,
            product.image_url,
            product.average_rating(),
            product.review_count,
            product.created_at,
            product.updated_at};
}

CategoryBody body_of(const Category& category) {
    return {category.id, category.name, category.description};
}

ReviewBody body_of(const Review& review) {
    const auto comment = review.comment.empty() ? std::nullopt : std::optional(review.comment);
    return {review.id, review.product, review.author, review.rating, comment, review.created_at};
}

template <class T>
std::string write_all(const std::vector<T>& values) {
    std::vector<decltype(body_of(std::declval<const T&>()))> bodies;
    bodies.reserve(values.size());
    for (const T& value : values) {
        bodies.push_back(body_of(value));
    }
    return json::write(bodies);
}

} // namespace

std::string write_product(const Product& product) {
    return json::write(body_of(product));
}

std::string write_products(const std::vector<Product>& products) {
    return write_all(products);
}

std::string write_category(const Category& category) {
    return json::write(body_of(category));
}

std::string write_categories(const std::vector<Category>& categories) {
    return write_all(categories);
}

std::string write_review(const Review& review) {
    return json::write(body_of(review));
}

std::string write_reviews(const std::vector<Review>& reviews) {
    return write_all(reviews);
}

Result<NewProduct> read_new_product(std::string_view body) {
    auto read = json::read<NewProductBody>(body);
    if (!read) {
        return fail(std::move(read.error()));
    }
    const std::int64_t stock = read->initial_inventory.value_or(read->stock.value_or(0));
    return NewProduct{std::move(read->name),
                      std::move(read->description).value_or(""),
                      read->price,
                      read->category_id,
                      std::move(read->image_url),
                      stock};
}

Result<ProductChange> read_product_change(std::string_view body) {
    auto read = json::read<ProductChangeBody>(body);
    if (!read) {
        return fail(std::move(read.error()));
    }
    if (read->image_url && read->image_url->value_or("").empty()) {
        read->image_url.emplace(); // older clients send "" for null
    }
    return ProductChange{std::move(read->name),
                         std::move(read->description),
                         read->price,
                         read->category_id,
                         std::move(read->image_url),
                         read->initial_inventory ? read->initial_inventory : read->stock};
}

Result<NewCategory> read_new_category(std::string_view body) {
    auto read = json::read<NewCategoryBody>(body);
    if (!read) {
        return fail(std::move(read.error()));
    }
    return NewCategory{std::move(read->name), std::move(read->description).value_or("")};
}

Result<NewReview> read_new_review(std::string_view body, ProductId product, UserId author) {
    auto read = json::read<NewReviewBody>(body);
    if (!read) {
        return fail(std::move(read.error()));
    }
    return NewReview{product, author, read->rating, std::move(read->comment).value_or("")};
}

} // namespace tandem::product
