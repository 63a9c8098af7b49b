#pragma once

#include "libs/http/router.hpp"
#include "payment-provider/card_network.hpp"

#include <chrono>

namespace tandem::provider {

/// POST /v1/charges, POST /v1/refunds (both with Idempotency-Key), GET /v1/charges?order_id=,
/// GET /v1/ledger?after=&limit=, GET and PUT /v1/behaviour. README.md shows requests and answers.
class ProviderRoutes {
public:
    /// An answer that is lost keeps its request open for `silence`, then ends it with 504.
    ProviderRoutes(CardNetwork& network, std::chrono::milliseconds silence)
        : network_(network), silence_(silence) {}

    void mount(http::Router& router);

private:
    Task<http::Response> charge(http::Request request);
    Task<http::Response> refund(http::Request request);
    Task<http::Response> charges(http::Request request);
    Task<http::Response> ledger(http::Request request);
    Task<http::Response> behaviour(http::Request request);
    Task<http::Response> behave(http::Request request);
    Task<http::Response> answer(Result<Outcome> outcome, std::string path);

    CardNetwork& network_;
    std::chrono::milliseconds silence_;
};

} // namespace tandem::provider
