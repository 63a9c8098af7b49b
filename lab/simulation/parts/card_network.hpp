#pragma once

#include "lab/simulation/world/world.hpp"
#include "services/payment/core/provider.hpp"

#include <map>

namespace tandem::simulation {

/// The payment provider, as payment-provider/README.md has it: charges and refunds under keys, whose answers
/// it repeats; a list of an order's charges. It is outside of every process: what was sent there may take
/// effect whatever has become of the sender.
class CardNetwork {
public:
    explicit CardNetwork(World& world) : world_(world) {}

    struct Charge {
        std::string id;
        std::int64_t order = 0;
        Money amount;
        Money refunded;
    };
    payment::ProviderAnswer charge(const std::string& key, std::int64_t order, Money amount);
    payment::ProviderAnswer refund(const std::string& key, const std::string& charge);
    /// The first charge of an order that succeeded.
    const Charge* find(std::int64_t order) const;
    const std::vector<Charge>& charges() const { return charges_; }

private:
    World& world_;
    std::vector<Charge> charges_;
    std::map<std::string, payment::ProviderAnswer> answers_;
};

/// A double of HttpProvider: its keys, its timeout, and what it makes of answers that do not come.
class SimulatedProvider final : public payment::Provider {
public:
    SimulatedProvider(World& world, CardNetwork& network, Node& node)
        : world_(world), network_(network), node_(node) {}

    Task<payment::ProviderAnswer> charge(payment::Purchase purchase) override;
    Task<payment::ProviderAnswer> find_charge(payment::Purchase purchase) override;
    Task<payment::ProviderAnswer> refund(payment::Purchase purchase, std::string transaction_id) override;

private:
    using Call = std::function<payment::ProviderAnswer(CardNetwork& network)>;
    Task<payment::ProviderAnswer> call(std::string name, Call call);

    World& world_;
    CardNetwork& network_;
    Node& node_;
};

} // namespace tandem::simulation
