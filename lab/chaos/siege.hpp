#pragma once

#include "lab/chaos/crowd.hpp"
#include "lab/chaos/fault_plan.hpp"
#include "lab/chaos/findings.hpp"
#include "lab/chaos/saboteur.hpp"

#include <filesystem>
#include <string>

namespace tandem::lab {

struct SiegeOptions {
    std::string architecture;
    std::uint64_t seed = 1;
    std::chrono::seconds length{60};
    double rate_per_s = 10;
    int customers = 10;
    /// Of customers and auditor, after the last fault: longer than a key is kept for a checkout whose process
    /// died.
    std::chrono::seconds patience{160};
    std::filesystem::path out; ///< promises.jsonl and audit.json
    Parts parts;
    http::Endpoint shop;
    std::string tandem;  ///< the program
    std::string auditor; ///< likewise
    std::string provider_url;
    std::string broker_url;
    std::string admin_email;
    std::string admin_password;
    bool has_planted_promise = false; ///< one more promise is written down, which nobody made
};

/// One run: customers come, faults strike, everything is healed, and the auditor judges. Use on the event
/// loop's thread.
class Siege {
public:
    Siege(Executor executor, SiegeOptions options);

    /// Fills in what there is of `findings` as it goes. Throws std::runtime_error (Unavailable) when the shop
    /// cannot be used at the beginning, or not be healed at the end.
    Task<> run(ChaosFindings& findings);
    /// No more faults; what is under way is undone, and everything runs as at the beginning. For whoever
    /// interrupts `run`.
    Task<> give_up();

private:
    Task<Shelf> furnish();
    Task<> strike(ChaosFindings& findings);
    Task<> tell(ChaosFindings& findings);
    Task<> judge(ChaosFindings& findings);
    Task<> plant(PromiseJournal& journal);
    void say(const std::string& text) const;

    Executor executor_;
    SiegeOptions options_;
    Door door_;
    Tandem tandem_;
    Outside outside_;
    Saboteur saboteur_;
    PromiseJournal journal_;
    async::TaskGroup faults_;
    async::TaskGroup progress_;
    std::unique_ptr<Crowd> crowd_;
    std::string behaviour_; ///< of the payment provider at the beginning; empty as long as it is not known
    bool is_over_ = false;
};

} // namespace tandem::lab
