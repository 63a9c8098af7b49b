#include "tools/tandem/commands.hpp"
#include "tools/tandem/files.hpp"
#include "tools/tandem/interruption.hpp"
#include "tools/tandem/part.hpp"
#include "tools/tandem/problem.hpp"
#include "tools/tandem/shop_before.hpp"
#include "tools/tandem/supervisor.hpp"

#include <algorithm>

/// `./tandem compare`: makes the world that the profile asks for, has both shops measured in it, and
/// leaves the shop as it was.
namespace tandem::local {
namespace {

constexpr int interrupted = 130;

std::string kind_of(const Part& part) {
    if (part.is_application) {
        return "shop";
    }
    return part.database.empty() && part.name != "redis" ? "broker" : "databases";
}

/// The card network, the mail server and the pages in front of both shops belong to neither.
bool is_outside(const Part& part) {
    return part.name == "payment-provider" || part.name == "mail" || part.name == "storefront";
}

std::vector<std::string> part_arguments(const Shop& shop) {
    const Supervisor supervisor(shop);
    std::vector<std::string> arguments;
    for (const Part& part : all_parts(shop)) {
        if (is_outside(part)) {
            continue;
        }
        const bool is_monolith = part.name == "monolith" || part.name == "monolith-db";
        arguments.insert(arguments.end(),
                         {"--part",
                          fmt::format("{}:{}:{}={}",
                                      is_monolith ? "monolith" : "microservices",
                                      kind_of(part),
                                      part.name,
                                      supervisor.program(part.name).pid)});
    }
    return arguments;
}

std::filesystem::path report_folder(const CompareOptions& options) {
    return options.out.empty() ? read_shop().root / "build" / "compare" / options.profile
                               : std::filesystem::absolute(options.out);
}

Command measuring(const Shop& shop, const CompareOptions& options) {
    Command command{.arguments = {(shop.programs / "compare").string(),
                                  "--profile",
                                  options.profile,
                                  "--out",
                                  report_folder(options).string(),
                                  "--report",
                                  (shop.root / "lab" / "report").string()},
                    .environment = shop_environment(shop)};
    const auto add = [&command](const char* name, const std::string& value) {
        command.arguments.insert(command.arguments.end(), {name, value});
    };
    for (const double rate : options.rates) {
        add("--rate", fmt::format("{}", rate));
    }
    for (const int delay_ms : options.payment_delays_ms) {
        add("--payment-delay", std::to_string(delay_ms));
    }
    if (options.seconds > 0) {
        add("--seconds", std::to_string(options.seconds));
    }
    std::ranges::move(part_arguments(shop), std::back_inserter(command.arguments));
    return command;
}

/// The profiles are the measuring program's: it sets the payment provider itself, the mail is up to us.
std::string email_delay_ms(const Shop& shop, const std::string& profile) {
    const Outcome answer = run_quietly(
        {.arguments = {(shop.programs / "compare").string(), "--profile", profile, "--print-email-delay"}});
    if (answer.exit_code != 0) {
        give_up("{}", answer.output);
    }
    return answer.output;
}

int measure_in_its_world(const std::string& mail_delay_ms,
                         const CompareOptions& options,
                         const Interruption& interruption) {
    const TemporaryVariable mail("EMAIL_DELAY_MS", mail_delay_ms);
    const TemporaryVariable limit("RATE_LIMIT_PER_S", "0");
    const TemporaryVariable recorder("TANDEM_FLIGHT_RECORDER", "off");
    const Shop shop = prepare_shop("both");
    if (const int failed = up(shop); failed != 0) {
        return failed;
    }
    const Command command = measuring(shop, options);
    return interruption.has_come() ? interrupted : run_here(command);
}

} // namespace

int compare(const CompareOptions& options) {
    const Interruption interruption; // Ctrl-C ends the measuring; the shop is put back all the same
    const ShopBefore before;
    const std::string mail_delay_ms = email_delay_ms(before.shop(), options.profile);
    int result = 0;
    try {
        result = measure_in_its_world(mail_delay_ms, options, interruption);
    } catch (...) { // goes on below; whatever it is, the shop is not left as it is now
        before.put_back();
        throw;
    }
    const int restored = before.put_back();
    if (result != 0) {
        return result;
    }
    const auto folder = report_folder(options);
    fmt::print("{}\nMore in {}, raw in compare.json beside it.\n",
               read_file(folder / "compare.txt"),
               (folder / "report.html").string());
    return restored;
}

} // namespace tandem::local
