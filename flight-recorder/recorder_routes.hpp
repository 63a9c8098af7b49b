#pragma once

#include "flight-recorder/flight_log.hpp"
#include "libs/auth/authenticator.hpp"
#include "libs/http/router.hpp"
#include "libs/telemetry/metrics.hpp"

namespace tandem::recorder {

/// The orders' numbers of the monolith begin here (ARCHITECTURE.md), so that a number tells the shop.
inline constexpr std::int64_t first_monolith_order = 1'000'000'001;

/// {"order_id", "is_complete", "spans": [...]}, as README.md shows it.
std::string to_json(const Flight& flight);

/// POST /v1/traces (OTLP/HTTP, JSON) and GET /orders/{order_id}/flight. A flight is shown to the order's
/// owner and to administrators; to anybody else there is none. Both shops count their users from 1, so
/// an order is only shown for a token of its own shop.
class RecorderRoutes {
public:
    /// Who issues the tokens of which shop.
    struct Doors {
        auth::Authenticator& gateway;
        auth::Authenticator& monolith;
    };

    RecorderRoutes(FlightLog& log, Doors doors, const Clock& clock);

    void mount(http::Router& router);

private:
    Task<http::Response> take(http::Request request);
    Task<http::Response> show(http::Request request);

    FlightLog& log_;
    Doors doors_;
    const Clock& clock_;
    telemetry::Counter received_;
    telemetry::Gauge orders_;
    telemetry::Gauge spans_;
};

} // namespace tandem::recorder
