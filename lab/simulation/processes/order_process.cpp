#include "lab/simulation/processes/order_process.hpp"

namespace tandem::simulation {

using namespace order;

OrderProgram::OrderProgram(const Surroundings& around, Node& node)
    : world_(around.world), node_(node), tables_(around.tables), expiry_(around.expiry),
      relay_(around.world, around.broker, node, around.tables.store),
      orders_(around.tables, node, [this] { relay_.wake(); }), keys_(around.tables, node),
      carts_(around.world, node, around.carts, around.shopping),
      prices_(around.world, node, around.products, around.prices), checkout_(orders_, carts_, prices_),
      flow_(checkout_), checkout_once_(flow_, keys_, orders_), desk_(orders_),
      saga_(orders_, around.world.scheduler, around.expiry), updates_(saga_),
      consumer_(around.world,
                around.broker,
                node,
                messaging::shop_queue("order_updates_queue"),
                {},
                [this](auto batch) { return updates_.handle(std::move(batch)); }),
      opened_(node), place_(around.tables.on_opened.size()) {
    tables_.on_opened.emplace_back([this] { opened_.notify(); });
}

OrderProgram::~OrderProgram() {
    tables_.on_opened[place_] = [] {};
}

void OrderProgram::start() {
    relay_.start();
    consumer_.start();
    node_.spawn(expire());
}

/// The service looks at every quarter of its expiry, 5 s at most; between two looks nothing can be found, so
/// here it sleeps until there may be something.
Task<> OrderProgram::expire() {
    const auto interval = std::min<std::chrono::milliseconds>(expiry_ / 4, std::chrono::milliseconds(5'000));
    for (;;) {
        std::optional<Timestamp> oldest;
        for (const auto& [id, state] : tables_.orders) {
            const bool open = state.status == OrderStatus::pending || state.status == OrderStatus::processing;
            if (open && (!oldest || state.created_at < *oldest)) {
                oldest = state.created_at;
            }
        }
        if (!oldest) {
            co_await opened_.wait();
            continue;
        }
        const auto left = std::max<Duration>(*oldest + expiry_ - world_.scheduler.now(), Duration(0));
        co_await node_.sleep(left + world_.between_ms(1, interval.count()));
        try {
            co_await saga_.expire_overdue(100, {});
        } catch (const std::exception& error) {
            world_.story.tell(node_.name(), "expiry: {}", error.what());
        }
    }
}

} // namespace tandem::simulation
