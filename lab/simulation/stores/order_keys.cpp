#include "lab/simulation/stores/order_store.hpp"

namespace tandem::simulation {

using namespace order;

Task<Claim>
SimulatedKeys::claim(IdempotencyKey key, std::string request, int answer_status, Deadline begin_by) {
    Store& store = tables_.store;
    co_await store.reach(node_);
    store.expect_in_time(begin_by);
    const OrderTables::KeyName name{key.user.value(), key.key};
    const Timestamp now = store.world().scheduler.now();
    const auto [place, is_new] = tables_.keys.try_emplace(name);
    OrderTables::Key& held = place->second;
    const bool has_order = tables_.keyed_orders.contains(name);
    const bool free = is_new || (held.leased_until < now && held.request == request && !has_order);
    Claim claim;
    if (free) {
        held = {
            std::move(request), answer_status, "lease-" + std::to_string(++store.world().ids), now + lease};
        claim = {Claim::Kind::claimed, OrderId(), answer_status, held.lease};
    } else if (held.request != request) {
        claim = {Claim::Kind::other_request, OrderId(), 0, ""};
    } else if (has_order) {
        claim = {Claim::Kind::answered, tables_.keyed_orders.at(name), held.answer_status, ""};
    } else {
        claim = {Claim::Kind::running, OrderId(), 0, ""};
    }
    co_await store.come_back(node_);
    co_return claim;
}

Task<> SimulatedKeys::release(IdempotencyKey key, std::string lease_name) {
    co_await tables_.store.reach(node_);
    const OrderTables::KeyName name{key.user.value(), key.key};
    const auto held = tables_.keys.find(name);
    const bool mine = held != tables_.keys.end() && held->second.lease == lease_name;
    if (mine && !tables_.keyed_orders.contains(name)) {
        tables_.keys.erase(held);
    }
    co_await tables_.store.come_back(node_);
}

} // namespace tandem::simulation
