#pragma once

#include "libs/http/client.hpp"

#include <cstdint>
#include <string>

namespace tandem::lab {

/// The calls of a shopping session, over HTTP against either architecture. Each throws Unavailable
/// when the connection fails, and std::runtime_error with the answer when a preparing call is refused.
class ShopClient {
public:
    ShopClient(http::Client& client, http::Endpoint shop) : client_(client), shop_(std::move(shop)) {}

    /// A new customer, signed in: gives the access token.
    Task<std::string> new_customer();
    Task<std::string> sign_in(std::string email, std::string password);
    /// A product of 1.00 with a million pieces: gives its id.
    Task<std::int64_t> new_product(std::string admin_token);

    struct Checkout {
        int status = 0;
        std::int64_t order_id = 0; ///< when status is 200 or 201
    };
    Task<Checkout> check_out(std::string token, std::int64_t product_id);
    /// Follows the order's event stream to its end; gives its final state.
    Task<std::string> follow(std::string token, std::int64_t order_id);

private:
    http::Request request(http::Method method, std::string path, std::string token, std::string body) const;

    http::Client& client_;
    http::Endpoint shop_;
};

} // namespace tandem::lab
