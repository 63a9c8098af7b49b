#include "services/product/api/product_routes.hpp"

#include "services/product/api/etag.hpp"
#include "services/product/api/product_json.hpp"
#include "services/product/api/product_query.hpp"

#include <limits>
#include <utility>

namespace tandem::product {

using http::Method;
using http::Request;
using http::Response;

namespace {

Response answer(const Request& request, const Result<Product>& changed) {
    return changed ? Response::json(200, write_product(*changed))
                   : http::problem(changed.error(), request.path);
}

} // namespace

void ProductRoutes::mount(http::Router& router) {
    const auto route =
        [&](Method method, std::string pattern, Task<Response> (ProductRoutes::*handler)(Request)) {
            router.add(method, std::move(pattern), [this, handler](Request request) {
                return (this->*handler)(std::move(request));
            });
        };
    route(Method::get, "/products", &ProductRoutes::list);
    route(Method::post, "/products", &ProductRoutes::add);
    route(Method::get, "/products/categories", &ProductRoutes::list_categories);
    route(Method::post, "/products/categories", &ProductRoutes::add_category);
    route(Method::get, "/products/{id}", &ProductRoutes::find);
    route(Method::put, "/products/{id}", &ProductRoutes::change);
    route(Method::del, "/products/{id}", &ProductRoutes::remove);
    route(Method::patch, "/products/{id}/stock", &ProductRoutes::change_stock);
}

Task<Result<Page<Product>>> ProductRoutes::ask(Request request) {
    if (const auto list = request.query_parameter("ids")) {
        auto ids = read_ids(*list);
        if (!ids) {
            co_return fail(std::move(ids.error()));
        }
        auto page = co_await catalog_.find_all(*std::move(ids), request.deadline);
        co_return page;
    }
    auto search = read_search(request);
    if (!search) {
        co_return fail(std::move(search.error()));
    }
    auto page = co_await catalog_.search(*std::move(search), request.deadline);
    co_return page;
}

Task<Response> ProductRoutes::list(Request request) {
    const auto page = co_await ask(request);
    if (!page) {
        co_return http::problem(page.error(), request.path);
    }
    Response response = Response::json(200, write_products(page->items));
    response.headers.set("X-Total-Count", std::to_string(page->total));
    co_return with_etag(request, std::move(response));
}

Task<Response> ProductRoutes::find(Request request) {
    const auto id = request.id_parameter("id");
    if (!id) {
        co_return http::problem(id.error(), request.path);
    }
    const auto product = co_await catalog_.find(ProductId(*id), request.deadline);
    if (!product) {
        co_return http::problem(product.error(), request.path);
    }
    co_return with_etag(request, Response::json(200, write_product(*product)));
}

Task<Response> ProductRoutes::list_categories(Request request) {
    const auto categories = co_await catalog_.categories(request.deadline);
    co_return with_etag(request, Response::json(200, write_categories(categories)));
}

Task<std::optional<Response>> ProductRoutes::refuse_writing(Request request) {
    const auto admin = co_await authenticator_.require_admin(request);
    if (!admin) {
        co_return http::problem(admin.error(), request.path);
    }
    co_return http::require_json(request);
}

Task<std::expected<ProductId, Response>> ProductRoutes::product_to_write(Request request) {
    auto refusal = co_await refuse_writing(request);
    if (refusal) {
        co_return std::unexpected(*std::move(refusal));
    }
    const auto id = request.id_parameter("id");
    if (!id) {
        co_return std::unexpected(http::problem(id.error(), request.path));
    }
    co_return ProductId(*id);
}

Task<Response> ProductRoutes::add(Request request) {
    auto refusal = co_await refuse_writing(request);
    if (refusal) {
        co_return *std::move(refusal);
    }
    auto product = read_new_product(request.body);
    if (!product) {
        co_return http::problem(product.error(), request.path);
    }
    const auto added = co_await administration_.add(*std::move(product), request.context, request.deadline);
    if (!added) {
        co_return http::problem(added.error(), request.path);
    }
    Response response = Response::json(201, write_product(*added));
    response.headers.set("Location", "/products/" + std::to_string(added->id.value()));
    co_return response;
}

Task<Response> ProductRoutes::change(Request request) {
    auto id = co_await product_to_write(request);
    if (!id) {
        co_return std::move(id.error());
    }
    auto change = read_product_change(request.body);
    if (!change) {
        co_return http::problem(change.error(), request.path);
    }
    const auto changed =
        co_await administration_.change(*id, *std::move(change), request.context, request.deadline);
    co_return answer(request, changed);
}

Task<Response> ProductRoutes::change_stock(Request request) {
    auto id = co_await product_to_write(request);
    if (!id) {
        co_return std::move(id.error());
    }
    if (!request.query_parameter("stock_change")) {
        co_return http::problem(fail_field("stock_change", "is required").error(), request.path);
    }
    const auto units = request.integer_query("stock_change", 0, -stock_max, stock_max);
    if (!units) {
        co_return http::problem(units.error(), request.path);
    }
    const auto changed =
        co_await administration_.change_stock(*id, *units, request.context, request.deadline);
    co_return answer(request, changed);
}

Task<Response> ProductRoutes::remove(Request request) {
    auto id = co_await product_to_write(request);
    if (!id) {
        co_return std::move(id.error());
    }
    const auto removed = co_await administration_.remove(*id, request.context, request.deadline);
    if (!removed) {
        co_return http::problem(removed.error(), request.path);
    }
    co_return Response::no_content();
}

Task<Response> ProductRoutes::add_category(Request request) {
    auto refusal = co_await refuse_writing(request);
    if (refusal) {
        co_return *std::move(refusal);
    }
    auto category = read_new_category(request.body);
    if (!category) {
        co_return http::problem(category.error(), request.path);
    }
    const auto added = co_await administration_.add_category(*std::move(category), request.deadline);
    if (!added) {
        co_return http::problem(added.error(), request.path);
    }
    co_return Response::json(201, write_category(*added));
}

} // namespace tandem::product
