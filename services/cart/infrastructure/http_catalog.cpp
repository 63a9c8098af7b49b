#include "services/cart/infrastructure/http_catalog.hpp"

#include "libs/json/json.hpp"
#include "libs/kernel/unavailable.hpp"

#include <algorithm>

namespace tandem::cart {
namespace {

struct ProductBody {
    ProductId id;
    std::string name;
    Money price;
    std::optional<std::string> image_url;
    Timestamp updated_at;
};
BOOST_DESCRIBE_STRUCT(ProductBody, (), (id, name, price, image_url, updated_at))

} // namespace

Task<std::optional<ProductNews>> HttpCatalog::find(ProductId product, Context context, Deadline deadline) {
    http::Request request;
    request.path = "/products/" + std::to_string(product.value());
    request.route = "/products/{id}";
    request.context = std::move(context);
    request.deadline = std::min<Deadline>(deadline, std::chrono::steady_clock::now() + answer_timeout);
    const http::Response response = co_await client_.send(product_service_, std::move(request));
    if (response.status == 404) {
        co_return std::nullopt;
    }
    auto body = json::read<ProductBody>(response.body);
    if (response.status != 200 || !body || body->id != product) {
        throw Unavailable("the product service answered " + std::to_string(response.status));
    }
    Product found{product, std::move(body->name), std::move(body->image_url), body->price};
    co_return ProductNews{std::move(found), false, body->updated_at};
}

} // namespace tandem::cart
