#include "services/product/api/review_routes.hpp"

#include "services/product/api/etag.hpp"
#include "services/product/api/product_json.hpp"
#include "services/product/api/product_query.hpp"

#include <utility>

namespace tandem::product {

using http::Request;
using http::Response;

void ReviewRoutes::mount(http::Router& router) {
    constexpr auto pattern = "/products/{id}/reviews";
    router.add(http::Method::get, pattern, [this](Request request) { return list(std::move(request)); });
    router.add(http::Method::post, pattern, [this](Request request) { return write(std::move(request)); });
}

Task<Response> ReviewRoutes::list(Request request) {
    const auto product = request.id_parameter("id");
    if (!product) {
        co_return http::problem(product.error(), request.path);
    }
    const auto skip = request.integer_query("skip", 0, 0, page_skip_max);
    const auto limit = request.integer_query("limit", page_limit_default, 1, page_limit_max);
    if (!skip || !limit) {
        co_return http::problem(skip ? limit.error() : skip.error(), request.path);
    }
    const auto page = co_await reviews_.of_product(ProductId(*product), *skip, *limit, request.deadline);
    if (!page) {
        co_return http::problem(page.error(), request.path);
    }
    Response response = Response::json(200, write_reviews(page->items));
    response.headers.set("X-Total-Count", std::to_string(page->total));
    co_return with_etag(request, std::move(response));
}

Task<Response> ReviewRoutes::write(Request request) {
    const auto author = co_await authenticator_.require_user(request);
    if (!author) {
        co_return http::problem(author.error(), request.path);
    }
    if (auto refusal = http::require_json(request)) {
        co_return *std::move(refusal);
    }
    const auto product = request.id_parameter("id");
    if (!product) {
        co_return http::problem(product.error(), request.path);
    }
    auto review = read_new_review(request.body, ProductId(*product), UserId(author->user_id));
    if (!review) {
        co_return http::problem(review.error(), request.path);
    }
    const auto written = co_await reviews_.write(*std::move(review), request.deadline);
    if (!written) {
        co_return http::problem(written.error(), request.path);
    }
    co_return Response::json(201, write_review(*written));
}

} // namespace tandem::product
