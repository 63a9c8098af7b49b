#include "flight-recorder/config.hpp"
#include "flight-recorder/recorder_routes.hpp"
#include "libs/auth/jwks_over_http.hpp"
#include "libs/telemetry/log.hpp"

using namespace tandem;

namespace {

constexpr const char* dropped_total = "tandem_flight_spans_dropped_total";
constexpr const char* dropped_meaning = "Spans that were taken and are not kept any more";

/// Counts what the log lets go of.
recorder::FlightLog::OnDrop count_drops() {
    const auto counter = [](const char* why) {
        return telemetry::counter(dropped_total, dropped_meaning, {{"reason", why}});
    };
    return [too_many = counter("too_many"), unclaimed = counter("unclaimed"), evicted = counter("evicted")](
               recorder::Drop why, std::size_t spans) {
        const auto& total = why == recorder::Drop::too_many    ? too_many
                            : why == recorder::Drop::unclaimed ? unclaimed
                                                               : evicted;
        total.add(static_cast<double>(spans));
    };
}

int serve(const recorder::Config& config) {
    runtime::Service service(config.service);
    http::Client client(service.executor(), {});
    const auth::AuthenticatorOptions expected{.issuer = config.tokens.issuer,
                                              .audience = config.tokens.audience};
    auth::Authenticator gateway(auth::jwks_over_http(client, config.tokens.jwks_url).value(), expected);
    auth::Authenticator monolith(auth::jwks_over_http(client, config.monolith_jwks_url).value(), expected);
    const SystemClock clock;
    recorder::FlightLog log(config.limits, count_drops());
    recorder::RecorderRoutes routes(log, {gateway, monolith}, clock);
    routes.mount(service.router());
    return service.run();
}

} // namespace

int main(int argc, char** argv) {
    runtime::Environment env(
        "flight_recorder", "Keeps the spans of the latest orders and shows an order's flight.", argc, argv);
    const recorder::Config config = recorder::read_config(env);
    if (const auto exit_code = env.finish()) {
        return *exit_code;
    }
    return serve(config);
}
