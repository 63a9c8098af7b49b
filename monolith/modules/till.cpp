#include "monolith/modules/till.hpp"

#include "services/payment/infrastructure/upkeep.hpp"

namespace tandem::monolith {

Till::Till(runtime::Service& service, Database& database, const Config& config, std::function<void()> stored)
    : client_(service.executor(),
              {.connections_per_endpoint_max = config.checkouts_max + payment::WorkerOptions().concurrency}),
      due_(service.executor()), payments_(
                                    database.payments, [this] { due_.notify(); }, std::move(stored)),
      provider_(client_, config.provider, config.provider_timeout), breaker_({}),
      patient_provider_(provider_, breaker_, clock_, config.charging.retry),
      charging_(payments_, provider_, breaker_, clock_, config.charging, payment::draw_random),
      worker_(service.executor(), charging_, due_, {}), order_events_(payments_, clock_) {}

void Till::start(runtime::Service& service, Database& database) {
    service.add_check("worker", [this] { return worker_.running(); });
    database.root().start_when_migrated("worker",
                                        [this, &service] { service.tasks().spawn("worker", worker_.run()); });
    service.on_stop("worker", [this](auto) { return worker_.drain(); });
    service.tasks().spawn("breaker", payment::show_breaker(breaker_, clock_));
}

} // namespace tandem::monolith
