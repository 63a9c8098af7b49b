#include "monolith/modules/counter.hpp"

#include "monolith/infrastructure/patient_provider.hpp"

namespace tandem::monolith {
namespace {

using namespace std::chrono_literals;

// No order of this shop is ever open: what is stored is paid. The rule stays for what the future brings.
constexpr auto order_expiry = 15min;
constexpr auto expiry_interval = 60s;
/// A claim outlives the longest checkout.
constexpr auto lease_margin = 5s;

} // namespace

Counter::Counter(runtime::Service& service,
                 Database& database,
                 const Config& config,
                 Neighbours neighbours,
                 std::function<void()> stored)
    : orders_(database.orders, clock_), keys_(database.orders, config.checkout_timeout + lease_margin),
      notifications_(database.orders), saga_(orders_, clock_, order_expiry),
      watch_(service.executor(), static_cast<std::size_t>(config.streams_max)),
      book_(database.checkouts,
            clock_,
            [this, stored](order::OrderId order) {
                stored();
                watch_.notify({order});
            }),
      traced_book_(book_, clock_),
      intents_(database.joint(),
               clock_,
               PatientProvider::last_call_after(config.charging.retry, config.provider_timeout) +
                   config.charging.settle),
      checkout_({traced_book_, intents_, neighbours.provider, neighbours.postman, clock_},
                std::move(neighbours.message_id_domain)),
      bounded_checkout_(service.executor(), checkout_, config.checkouts_max, config.checkouts_waiting_max),
      dead_letters_(database.joint(), stored),
      api_({orders_, keys_, notifications_, bounded_checkout_, dead_letters_},
           saga_,
           watch_,
           neighbours.authenticator) {
    orders_.on_commit([this, stored](const std::vector<order::OrderId>& changed) {
        stored();
        watch_.notify(changed);
    });
}

void Counter::start(runtime::Service& service, Database& database) {
    database.root().start_when_migrated("background", [this, &service, &database] {
        const order::Background parts{saga_, orders_, watch_, database.orders};
        order::start_background(service.tasks(), parts, expiry_interval);
    });
}

} // namespace tandem::monolith
