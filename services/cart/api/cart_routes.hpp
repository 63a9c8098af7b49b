#pragma once

#include "libs/auth/authenticator.hpp"
#include "libs/http/router.hpp"
#include "services/cart/core/shopping.hpp"

namespace tandem::cart {

/// The cart part of docs/api/openapi.yaml as it is behind the gateway. All need a token of the
/// cart's owner, an admin or a service; others get 403.
///
///     GET    /cart/{user_id}                     the cart, empty if nothing was put in yet
///     DELETE /cart/{user_id}                     the emptied cart
///     POST   /cart/{user_id}/items               {product_id, quantity = 1}: adds up
///     PUT    /cart/{user_id}/items/{item_id}     {quantity}: 0 removes
///     DELETE /cart/{user_id}/items/{item_id}
///     POST   /cart/{user_id}/purchases           {order_id, items}: 204, once per order (order service)
class CartRoutes {
public:
    struct Options {
        int added_status = 200; ///< answered when something was put in; the monolith says 201
    };

    CartRoutes(Shopping& shopping, auth::Authenticator& authenticator, Options options)
        : shopping_(shopping), authenticator_(authenticator), options_(options) {}
    CartRoutes(Shopping& shopping, auth::Authenticator& authenticator)
        : CartRoutes(shopping, authenticator, Options()) {}

    void mount(http::Router& router);

private:
    Task<http::Response> look(http::Request request);
    Task<http::Response> clear(http::Request request);
    Task<http::Response> add(http::Request request);
    Task<http::Response> set_quantity(http::Request request);
    Task<http::Response> remove(http::Request request);
    Task<http::Response> take_out(http::Request request);

    /// The owner named by the path, if the caller may act for that person.
    Task<Result<UserId>> owner_of(http::Request request);

    Shopping& shopping_;
    auth::Authenticator& authenticator_;
    Options options_;
};

} // namespace tandem::cart
