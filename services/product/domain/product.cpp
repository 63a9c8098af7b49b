#include "services/product/domain/product.hpp"

#include "services/product/domain/field_check.hpp"
#include "services/product/domain/text.hpp"

#include <cmath>
#include <fmt/format.h>

namespace tandem::product {
namespace {

constexpr std::size_t category_name_characters_max = 100;
constexpr std::size_t category_description_characters_max = 1'000;

void check_name(FieldCheck& check, std::string_view name, std::size_t most) {
    const bool blank = !name.empty() && trimmed(name).empty();
    if (blank) {
        check.require(false, "name", "must not be blank");
        return;
    }
    check.text("name", name, 1, most);
}

void check_price(FieldCheck& check, Money price) {
    check.require(price > Money() && price <= price_max,
                  "price",
                  fmt::format("must be 0.01 to {}", price_max.to_string()));
}

void check_image_url(FieldCheck& check, std::string_view url) {
    check.text("image_url", url, 1, image_url_characters_max);
    const bool web = url.starts_with("http://") || url.starts_with("https://");
    const bool path = url.starts_with("/") && !url.starts_with("//");
    const bool blanks = url.find_first_of(" \t\r\n\"'<>\\") != std::string_view::npos;
    check.require((web || path) && !blanks,
                  "image_url",
                  "must begin with http://, https:// or a single /, without blanks and quotes");
}

} // namespace

double Product::average_rating() const {
    if (review_count == 0) {
        return 0;
    }
    const double mean = static_cast<double>(rating_sum) / static_cast<double>(review_count);
    return std::round(mean * 100) / 100;
}

Result<void> NewProduct::validate() const {
    FieldCheck check;
    check_name(check, name, name_characters_max);
    check.text("description", description, 0, description_characters_max);
    check_price(check, price);
    if (image_url) {
        check_image_url(check, *image_url);
    }
    check.number("stock", stock, 0, stock_max);
    return std::move(check).outcome();
}

Result<void> ProductChange::validate() const {
    FieldCheck check;
    if (name) {
        check_name(check, *name, name_characters_max);
    }
    if (description) {
        check.text("description", *description, 0, description_characters_max);
    }
    if (price) {
        check_price(check, *price);
    }
    if (image_url && *image_url) {
        check_image_url(check, **image_url);
    }
    if (stock) {
        check.number("stock", *stock, 0, stock_max);
    }
    return std::move(check).outcome();
}

Result<void> NewCategory::validate() const {
    FieldCheck check;
    check_name(check, name, category_name_characters_max);
    check.text("description", description, 0, category_description_characters_max);
    return std::move(check).outcome();
}

} // namespace tandem::product
