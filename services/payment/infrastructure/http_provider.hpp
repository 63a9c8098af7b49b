#pragma once

#include "libs/http/client.hpp"
#include "services/payment/core/provider.hpp"

#include <chrono>

namespace tandem::payment {

/// The provider's HTTP interface (payment-provider/README.md). 503 means refused; every other
/// failure leaves the outcome unknown. Metrics: tandem_payment_provider_calls_total{call,answer},
/// tandem_payment_provider_duration_seconds{call}.
class HttpProvider final : public Provider {
public:
    HttpProvider(http::Client& client, http::Endpoint endpoint, std::chrono::milliseconds timeout)
        : client_(client), endpoint_(std::move(endpoint)), timeout_(timeout) {}

    Task<ProviderAnswer> charge(Purchase purchase) override;
    Task<ProviderAnswer> find_charge(Purchase purchase) override;
    Task<ProviderAnswer> refund(Purchase purchase, std::string transaction_id) override;

private:
    using Read = ProviderAnswer (*)(const http::Response& response);

    Task<ProviderAnswer> call(std::string name, http::Request request, Purchase purchase, Read read);
    Task<ProviderAnswer> send(http::Request request, Read read);

    http::Client& client_;
    http::Endpoint endpoint_;
    std::chrono::milliseconds timeout_;
};

} // namespace tandem::payment
