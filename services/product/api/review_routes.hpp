#pragma once

#include "libs/auth/authenticator.hpp"
#include "libs/http/router.hpp"
#include "services/product/core/reviews.hpp"

namespace tandem::product {

/// /products/{id}/reviews: read by everybody, written by buyers.
class ReviewRoutes {
public:
    ReviewRoutes(Reviews& reviews, auth::Authenticator& authenticator)
        : reviews_(reviews), authenticator_(authenticator) {}

    void mount(http::Router& router);

private:
    Task<http::Response> list(http::Request request);
    Task<http::Response> write(http::Request request);

    Reviews& reviews_;
    auth::Authenticator& authenticator_;
};

} // namespace tandem::product
