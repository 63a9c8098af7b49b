#pragma once

#include "libs/http/client.hpp"
#include "services/order/core/carts.hpp"

namespace tandem::order {

/// The cart service over HTTP, asked with the customer's own token.
class HttpCarts final : public Carts {
public:
    HttpCarts(http::Client& client, http::Endpoint service) : client_(client), service_(std::move(service)) {}

    Task<std::vector<RequestedLine>> contents(Caller caller) override;
    Task<> remove_bought(OrderId order, std::vector<OrderLine> lines, Caller caller) override;

private:
    http::Client& client_;
    http::Endpoint service_;
};

} // namespace tandem::order
