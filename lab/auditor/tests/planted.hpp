#pragma once

#include "lab/auditor/tests/generated_shop.hpp"

#include <functional>
#include <set>
#include <string>
#include <vector>

namespace tandem::audit::tests {

/// What a plant may change: the databases, the world outside, the promises, how the audit is asked.
struct Plot {
    GeneratedShop& shop;
    Promises promises{};
    AuditOptions options{};

    void promise(const std::string& lines);
};

/// One violation, put into a shop of 40 lawful orders.
struct Planted {
    const char* kind;
    Law law;
    const char* named; ///< must be in the sentence
    std::function<void(Plot&)> plant;
    Layout layout = Layout::databases;
};

std::vector<Planted> all_planted();
/// Those of one chapter each.
std::vector<Planted> planted_in_orders();
std::vector<Planted> planted_in_money_and_stock();
std::vector<Planted> planted_in_mail_rest_and_history();
std::vector<Planted> planted_in_company();

/// Every kind of violation that lab/auditor's sources name.
std::set<std::string> kinds_in_sources();

} // namespace tandem::audit::tests
