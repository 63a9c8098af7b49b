#pragma once

#include "lab/auditor/findings.hpp"
#include "lab/auditor/outside.hpp"
#include "lab/auditor/shop.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tandem::audit {

/// What the shop has still to do, at one moment.
struct Rest {
    std::vector<Backlog> backlogs; ///< outboxes, queues, due payments, open orders: all that were looked at
    std::vector<Backlog> dead;     ///< what was given up: it does not move by itself
    std::string activity;          ///< differs from an earlier one when something happened in between
    /// Since a consumer last stored something. Below the age of the broker's figures nothing is certain.
    std::chrono::milliseconds quiet_for{0};
    bool trusts_figures = true; ///< false when `quiet_for` is too short for the broker's figures

    bool is_at_rest() const;
    /// "outbox of payment holds 3", or that it was quiet for too short a time.
    std::string what_moves() const;
};

/// Connections to look with, again and again.
class RestWatch {
public:
    RestWatch(const Shop& shop, Outside& outside);
    Rest look();

private:
    void add(Session& session, Rest& rest, const std::string& name, const std::string& counting);
    void look_at_outboxes(Rest& rest);
    void look_at_activity(Rest& rest);
    void look_at_deliveries(Rest& rest);

    Outside& outside_;
    Session order_;
    Session payment_;
    Session product_;
    Session cart_;
    Session user_;
    std::optional<Session> joint_;
};

/// Law 5. `poison`: so many messages were injected to be given up.
void judge_rest(const Rest& rest, std::int64_t poison, Findings& findings);

} // namespace tandem::audit
