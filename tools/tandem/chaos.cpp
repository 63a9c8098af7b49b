#include "tools/tandem/commands.hpp"
#include "tools/tandem/files.hpp"
#include "tools/tandem/interruption.hpp"
#include "tools/tandem/part.hpp"
#include "tools/tandem/problem.hpp"
#include "tools/tandem/shop_before.hpp"
#include "tools/tandem/stopping.hpp"
#include "tools/tandem/supervisor.hpp"

/// `./tandem chaos`: has the shop broken while customers buy, and leaves it as it was.
namespace tandem::local {
namespace {

constexpr int could_not_run = 2;
constexpr int interrupted = 130;

/// What may be done to a part (lab/chaos/saboteur.hpp); empty: nothing. The storefront and the flight
/// recorder are no part of what is promised.
std::string kind_of(const Part& part) {
    if (part.name == "storefront" || part.name == "flight-recorder") {
        return {};
    }
    if (part.name == "mail") {
        return "other";
    }
    if (part.name == "epmd") {
        return "base";
    }
    return part.is_application ? "application" : "store";
}

bool belongs_to(const Part& part, Architecture architecture) {
    if (part.name == "payment-provider" || part.name == "mail") {
        return true;
    }
    const bool is_monolith = part.name == "monolith" || part.name == "monolith-db";
    return is_monolith == (architecture == Architecture::monolith);
}

std::filesystem::path report_folder(const Shop& shop, const ChaosOptions& options) {
    return options.out.empty()
               ? shop.root / "build" / "chaos" / fmt::format("{}-{}", options.architecture, options.seed)
               : std::filesystem::absolute(options.out);
}

Command breaking(const Shop& shop, const ChaosOptions& options) {
    Command command{.arguments = {(shop.programs / "chaos").string(),
                                  "--arch",
                                  options.architecture,
                                  "--seconds",
                                  std::to_string(options.seconds),
                                  "--seed",
                                  std::to_string(options.seed),
                                  "--rate",
                                  fmt::format("{}", options.rate_per_s),
                                  "--out",
                                  report_folder(shop, options).string(),
                                  "--report",
                                  (shop.root / "lab" / "report").string()},
                    .environment = shop_environment(shop)};
    if (options.has_planted_promise) {
        command.arguments.emplace_back("--planted-promise");
    }
    const Architecture architecture =
        options.architecture == "monolith" ? Architecture::monolith : Architecture::microservices;
    for (const Part& part : all_parts(shop)) {
        const std::string kind = kind_of(part);
        if (!kind.empty() && belongs_to(part, architecture)) {
            command.arguments.insert(command.arguments.end(), {"--part", kind + ":" + part.name});
        }
    }
    return command;
}

std::string architecture_for(const ShopBefore& before, const std::string& wanted) {
    if (!before.was_running()) {
        return wanted;
    }
    const std::string running(to_string(before.shop().architecture));
    return running == wanted ? running : "both";
}

int break_it(const ShopBefore& before, const ChaosOptions& options, const Interruption& interruption) {
    const TemporaryVariable limit("RATE_LIMIT_PER_S", "0");
    const Shop shop = prepare_shop(architecture_for(before, options.architecture));
    if (up(shop) != 0) {
        return could_not_run;
    }
    const Command command = breaking(shop, options);
    return interruption.has_come() ? interrupted : run_here(command);
}

} // namespace

int chaos(const ChaosOptions& options) {
    const Interruption interruption; // Ctrl-C ends the breaking; the shop is put back all the same
    const ShopBefore before;
    int result = could_not_run;
    try {
        result = break_it(before, options, interruption);
    } catch (const Problem& problem) {
        fmt::print(stderr, "tandem: {}\n", problem.what());
    }
    wake_all(Supervisor(before.shop()));
    const int restored = before.put_back();
    return result == 0 && restored != 0 ? could_not_run : result;
}

} // namespace tandem::local
