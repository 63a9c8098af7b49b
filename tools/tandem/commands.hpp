#pragma once

#include "tools/tandem/process.hpp"
#include "tools/tandem/shop.hpp"

#include <string>
#include <vector>

/// What each `./tandem <command>` does. Each gives the exit code.
namespace tandem::local {

int up(const Shop& shop);
/// The table of all variables, in Markdown: docs/configuration.md. The programs must be built.
int print_variables(const Shop& shop);
int down(const Shop& shop);
int status(const Shop& shop);
int restart(const Shop& shop, const std::string& part);
/// Starts a part that was stopped; returns when it is ready.
int start_part(const Shop& shop, const std::string& part);
/// `at_once` is SIGKILL: it finishes nothing and says goodbye to nobody.
enum class Stopping { gently, at_once };
/// Stops one part of the running shop, until it is started again or `up` is called.
int stop_part(const Shop& shop, const std::string& part, Stopping how);
int print_pid(const Shop& shop, const std::string& part);

/// Without a part: all of them. With `follow` it stays.
int logs(const Shop& shop, const std::string& part, bool follow);
/// Opens a service's database as its own user; `arguments` go to psql.
int psql(const Shop& shop, const std::string& service, const std::vector<std::string>& arguments);
/// What it becomes. The password is in the environment: everybody may read command lines.
Command psql_command(const Shop& shop, const std::string& service, const std::vector<std::string>& arguments);
/// Plays checkouts against the running shop and reports; `arguments` go to the load generator.
int measure(const Shop& shop, const std::vector<std::string>& arguments);
struct AuditOptions {
    std::string architecture; ///< empty: whatever runs
    std::string promises;     ///< file of accepted checkouts; empty: none
    int wait_ms = 0;
    int poison = 0;
    bool json = false;
};
/// Becomes the auditor, whose exit code is 0 when all laws hold, 1 when not, 2 when it could not look. Gives
/// 2 when nothing runs.
int audit(const Shop& shop, const AuditOptions& options);
/// Runs orders through a simulated shop; `arguments` go to lab/simulation. Needs no shop that runs.
int simulate(const Shop& shop, const std::vector<std::string>& arguments);
/// Becomes the storefront's development server, one port above the built one.
int develop_storefront(const Shop& shop);
struct CompareOptions {
    std::string profile = "default";
    std::vector<double> rates;          ///< empty: the profile's own
    std::vector<int> payment_delays_ms; ///< likewise
    int seconds = 0;                    ///< likewise when 0
    std::filesystem::path out;          ///< empty: build/compare/<profile>
};
/// Plays the same sessions against both shops in turn and writes a report. Starts what does not run, and
/// leaves what runs, with which delays, and how the payment provider behaves as it was: after Ctrl-C too,
/// which gives 130.
int compare(const CompareOptions& options);
struct ChaosOptions {
    std::string architecture = "microservices"; ///< whose door the customers use
    int seconds = 60;
    std::uint64_t seed = 1;
    double rate_per_s = 10;
    std::filesystem::path out; ///< empty: build/chaos/<architecture>-<seed>
    bool has_planted_promise = false;
};
/// Breaks the running shop while customers buy, and has its laws checked: 0 when every promise was kept, 1
/// when not, 2 when it could not run or be judged, 130 after Ctrl-C. Starts what does not run, and leaves
/// what runs, and how the payment provider behaves, as it was.
int chaos(const ChaosOptions& options);
/// Stops the shop and throws its state away, after asking; `is_agreed` says yes in advance. Throws
/// Problem when nobody can be asked, or when the state folder is no shop's.
int reset(const Shop& shop, bool is_agreed);
/// `action` is "list" or "replay".
int dead_letters(const Shop& shop, const std::string& queue, const std::string& action);

/// `kind` is unit, simulation, integration, contract, security, equivalence, flow, storefront, fault,
/// sanitize or all. The last line it prints is "N passed, N failed", with ", N skipped" behind when there are
/// any.
int test(const Shop& shop, const std::string& kind);
/// clang-tidy over the sources that differ from `base` (a commit), or over all.
int tidy(const Shop& shop, bool all, const std::string& base);

} // namespace tandem::local
