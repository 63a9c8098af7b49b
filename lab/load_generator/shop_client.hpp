#pragma once

#include "libs/http/client.hpp"
#include "libs/kernel/money.hpp"
#include "libs/kernel/time.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace tandem::lab {

/// A customer had no answer for so long that nobody knows what it would have been.
class GaveUpWaiting : public Unavailable {
public:
    explicit GaveUpWaiting(std::chrono::seconds patience);
};

/// The calls of a shopping session, over HTTP against either architecture. Each throws Unavailable when the
/// connection fails, GaveUpWaiting when no answer came within the customers' patience, and
/// std::runtime_error with the answer when a preparing call is refused. Outlives its calls.
class ShopClient {
public:
    /// Longer than either shop works at a request (REQUEST_TIMEOUT_MS, two minutes at most), so that the
    /// slowest answers are measured and not cut off.
    static constexpr std::chrono::seconds patience_least{150};

    ShopClient(Executor executor, http::Endpoint shop, std::chrono::seconds patience = patience_least);

    std::chrono::seconds patience() const { return patience_; }

    /// A new customer, signed in: gives the access token.
    Task<std::string> new_customer();
    Task<std::string> sign_in(std::string email, std::string password);
    /// A product of 1.00 with a million pieces: gives its id.
    Task<std::int64_t> new_product(std::string admin_token);

    /// Looks at the catalog, then at one product. Throws std::runtime_error when it is refused.
    Task<> browse(std::int64_t product_id);
    /// Throws std::runtime_error when it is refused.
    Task<> put_into_cart(std::string token, std::int64_t product_id);

    struct Checkout {
        int status = 0;
        std::int64_t order_id = 0; ///< when status is 200 or 201
        std::string state;         ///< likewise: "pending", or "paid" where the customer has waited for it
        std::int64_t user_id = 0;  ///< likewise
        Money total;               ///< likewise
        std::string idempotency_key;
    };
    /// What was accepted, as a line of JSON that `./tandem audit --promises` reads.
    static std::string promise_of(const Checkout& accepted);
    Task<Checkout> check_out(std::string token, std::int64_t product_id);
    /// Buys what is in the cart.
    Task<Checkout> check_out_cart(std::string token);
    /// Follows the order's event stream to its end; gives its final state.
    Task<std::string> follow(std::string token, std::int64_t order_id);
    /// When the order's history says that its confirmation mail was sent; nothing as long as it does not.
    Task<std::optional<Timestamp>> mail_sent_at(std::string token, std::int64_t order_id);

private:
    Task<http::Response> send(http::Request request);
    Task<http::StreamedResponse> open(http::Request request);
    Task<Checkout> send_checkout(http::Request checkout);
    http::Request request(http::Method method, std::string path, std::string token, std::string body) const;

    http::Client client_;
    http::Endpoint shop_;
    std::chrono::seconds patience_;
};

} // namespace tandem::lab
