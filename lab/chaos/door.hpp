#pragma once

#include "lab/chaos/visit.hpp"
#include "libs/http/client.hpp"
#include "libs/kernel/money.hpp"

#include <chrono>
#include <cstdint>
#include <string>

namespace tandem::lab {

struct Customer {
    std::string email;
    std::string token;
};

/// What a checkout was answered.
struct CheckoutAnswer {
    Answer kind = Answer::none;
    bool is_token_stale = false; ///< sign in again
    std::string reason;          ///< why it was not accepted
    std::int64_t order_id = 0;   ///< when it was accepted, as all below
    std::int64_t user_id = 0;
    Money total;
    std::string state;
};

/// The shop's public door, gateway or monolith, for a customer who expects it to break: a checkout never
/// throws but says what is known. Use on the event loop's thread; outlives its calls.
class Door {
public:
    Door(Executor executor, http::Endpoint shop, std::chrono::milliseconds patience);

    /// These three throw Unavailable, or std::runtime_error with the answer when it is no success.
    Task<Customer> new_customer();
    Task<std::string> sign_in(std::string email, std::string password);
    Task<std::int64_t> new_product(std::string admin_token, std::string price, std::int64_t pieces);
    Task<> sign_in_again(Customer& customer);

    Task<CheckoutAnswer> check_out(std::string token, std::int64_t product_id, std::string key);
    /// True when the shop has answered for good, whether it could cancel or not.
    Task<bool> cancel(std::string token, std::int64_t order_id);
    /// The order's last state, as in Visit::end; empty while it is under way or cannot be told.
    Task<std::string> end_of(std::string token, std::int64_t order_id);

private:
    Task<http::Response> ask(http::Method method, std::string path, std::string token, std::string body);
    http::Request request(http::Method method, std::string path, std::string token, std::string body) const;

    http::Client client_;
    http::Endpoint shop_;
    std::chrono::milliseconds patience_;
};

/// What a checkout's answer means. `will_pass` tells the conflict with an earlier request of the same key,
/// which is still worked on, from one that stays.
Answer meaning_of(int status, bool will_pass);

} // namespace tandem::lab
