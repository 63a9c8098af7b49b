#include "libs/runtime/environment.hpp"
#include "libs/runtime/service.hpp"
#include "libs/telemetry/log.hpp"
#include "payment-provider/card_network.hpp"
#include "payment-provider/journal.hpp"
#include "payment-provider/provider_routes.hpp"

using namespace tandem;

namespace {

struct Config {
    runtime::ServiceOptions service;
    std::string ledger_file;
    std::size_t ledger_entries_max;
    std::chrono::milliseconds lost_answer;
    provider::Behaviour behaviour;
};

Config read_config(runtime::Environment& env) {
    Config config;
    config.service = runtime::read_service_options(env, "payment-provider", 8100);
    config.behaviour.delay_ms =
        env.milliseconds("PAYMENT_DELAY_MS", "time until a charge or refund is answered", 1000, 0).count();
    config.lost_answer =
        env.milliseconds("LOST_ANSWER_MS", "how long a request hangs whose answer is lost", 5000, 0);
    config.ledger_file = env.text("LEDGER_FILE", "append-only file of all entries", "payment-ledger.jsonl");
    config.ledger_entries_max = static_cast<std::size_t>(
        env.integer("LEDGER_ENTRIES_MAX", "entries held; about 250 bytes each", 4'000'000, 1, 100'000'000));
    config.service.server.request_timeout = std::chrono::minutes(15);
    config.service.server.requests_max = 16'384; // with a delay of a second, as many a second
    config.service.server.connections_max = 16'384;
    return config;
}

int serve(const Config& config) {
    runtime::Service service(config.service);
    const SystemClock clock;
    provider::Ledger ledger(config.ledger_entries_max);
    provider::FileJournal journal(service.executor(), config.ledger_file, ledger);
    provider::CardNetwork network(ledger, journal, clock, config.behaviour);
    provider::ProviderRoutes routes(network, config.lost_answer);
    routes.mount(service.router());
    service.add_check("ledger", [&] { return journal.ready(); });
    service.on_stop("ledger", [&](auto) { return journal.flush(); });
    return service.run();
}

} // namespace

int main(int argc, char** argv) {
    runtime::Environment env("payment_provider", "A simulated card network, outside the shop.", argc, argv);
    const Config config = read_config(env);
    if (const auto exit_code = env.finish()) {
        return *exit_code;
    }
    try {
        return serve(config);
    } catch (const std::exception& error) {
        telemetry::log_error("cannot start", {{"error", error.what()}});
        telemetry::close_log();
        return 1;
    }
}
