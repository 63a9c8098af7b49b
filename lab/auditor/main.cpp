#include "lab/auditor/report.hpp"
#include "lab/auditor/unreadable.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace tandem::audit {
namespace {

constexpr int exit_lawful = 0;
constexpr int exit_violated = 1;
constexpr int exit_unjudged = 2;

struct Options {
    std::string architecture = "both";
    std::string promises;
    std::int64_t wait_ms = 0;
    std::int64_t poison = 0;
    bool json = false;
};

std::vector<Shop> shops_of(const std::string& architecture) {
    std::vector<Shop> shops;
    if (architecture != "monolith") {
        shops.push_back(microservices_of_environment());
    }
    if (architecture != "microservices") {
        shops.push_back(monolith_of_environment());
    }
    return shops;
}

int exit_code(Verdict verdict) {
    switch (verdict) {
    case Verdict::lawful:
        return exit_lawful;
    case Verdict::violated:
        return exit_violated;
    case Verdict::unjudged:
        return exit_unjudged;
    }
    std::unreachable();
}

std::string closing(Verdict verdict) {
    switch (verdict) {
    case Verdict::lawful:
        return "All laws hold.";
    case Verdict::violated:
        return "Laws are VIOLATED.";
    case Verdict::unjudged:
        return "No violation was found, but not everything could be judged: the shop is not at rest.";
    }
    std::unreachable();
}

int run(const Options& options) {
    const Promises promises = options.promises.empty() ? Promises() : read_promises_file(options.promises);
    const AuditOptions how{.wait = std::chrono::milliseconds(options.wait_ms), .poison = options.poison};
    WebOutside outside(
        variable("TANDEM_PROVIDER_URL"), variable("TANDEM_MAIL_URL"), variable("TANDEM_RABBITMQ_API_URL"));
    std::vector<Audit> audits;
    for (const Shop& shop : shops_of(options.architecture)) {
        audits.push_back(audit(shop, outside, promises, how));
        if (!options.json) {
            fmt::print("{}\n", to_table(audits.back()));
        }
    }
    const Verdict verdict = verdict_of(audits);
    fmt::print("{}\n", options.json ? to_json(audits) : closing(verdict));
    return exit_code(verdict);
}

} // namespace
} // namespace tandem::audit

int main(int argc, char** argv) {
    tandem::audit::Options options;
    CLI::App app("Reads all that the shop holds and checks its laws; ./tandem audit runs it.");
    app.add_option("--arch", options.architecture, "microservices, monolith or both")
        ->check(CLI::IsMember({"microservices", "monolith", "both"}))
        ->capture_default_str();
    app.add_option("--promises", options.promises, "File of accepted checkouts, JSON lines");
    app.add_option("--wait-ms", options.wait_ms, "Wait so long for the shop to come to rest")
        ->check(CLI::Range(0, 3'600'000));
    app.add_option("--poison", options.poison, "Messages that were injected to be given up")
        ->check(CLI::Range(0, 1'000'000));
    app.add_flag("--json", options.json, "For programs");
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : tandem::audit::exit_unjudged;
    }
    try {
        return tandem::audit::run(options);
    } catch (const tandem::audit::Unreadable& away) {
        if (options.json) {
            fmt::print("{}\n", tandem::audit::to_json(away));
        }
        std::fflush(stdout);
        fmt::print(stderr,
                   "audit: {}\n./tandem status tells what runs, ./tandem logs <part> why not.\n",
                   away.what());
        return tandem::audit::exit_unjudged;
    }
}
