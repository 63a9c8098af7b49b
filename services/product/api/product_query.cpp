#include "services/product/api/product_query.hpp"

#include <charconv>
#include <limits>

namespace tandem::product {
namespace {

Result<ProductOrder> read_order(const std::optional<std::string>& sort) {
    if (!sort || sort->empty()) {
        return ProductOrder::id;
    }
    if (*sort == "name") {
        return ProductOrder::name;
    }
    if (*sort == "price") {
        return ProductOrder::price;
    }
    if (*sort == "-price") {
        return ProductOrder::price_descending;
    }
    if (*sort == "newest") {
        return ProductOrder::newest;
    }
    return fail_field("sort", "must be name, price, -price or newest");
}

} // namespace

Result<ProductSearch> read_search(const http::Request& request) {
    ProductSearch search;
    const auto skip = request.integer_query("skip", 0, 0, page_skip_max);
    const auto limit = request.integer_query("limit", page_limit_default, 1, page_limit_max);
    const auto category =
        request.integer_query("category_id", 0, 1, std::numeric_limits<std::int64_t>::max());
    for (const auto* number : {&skip, &limit, &category}) {
        if (!*number) {
            return fail(number->error());
        }
    }
    const auto order = read_order(request.query_parameter("sort"));
    if (!order) {
        return fail(order.error());
    }
    search.skip = *skip;
    search.limit = *limit;
    if (*category != 0) {
        search.category = CategoryId(*category);
    }
    search.words = request.query_parameter("q").value_or("");
    search.order = *order;
    return search;
}

Result<std::vector<ProductId>> read_ids(std::string_view list) {
    std::vector<ProductId> ids;
    while (!list.empty()) {
        const std::size_t comma = std::min(list.find(','), list.size());
        std::int64_t id = 0;
        const auto [end, problem] = std::from_chars(list.data(), list.data() + comma, id);
        if (problem != std::errc() || end != list.data() + comma || id < 1) {
            return fail_field("ids", "must be positive integers with commas between them");
        }
        ids.emplace_back(id);
        list.remove_prefix(std::min(comma + 1, list.size()));
    }
    return ids;
}

} // namespace tandem::product
