#include "tools/tandem/commands.hpp"
#include "tools/tandem/problem.hpp"
#include "tools/tandem/process.hpp"
#include "tools/tandem/settings.hpp"

#include <array>
#include <filesystem>

namespace tandem::local {
namespace {

constexpr std::array programs{"gateway",
                              "user_service",
                              "product_service",
                              "cart_service",
                              "order_service",
                              "payment_service",
                              "email_service",
                              "monolith",
                              "payment_provider",
                              "flight_recorder"};

constexpr std::string_view page = R"(# Configuration

Every variable of the shop, as `./tandem help variables` prints it. After a change:
`./tandem help variables > docs/configuration.md`; a test holds this page against the programs.

## Programs

Each program reads its environment at the start and refuses what makes no sense, all of it at once. What is `required` has no
default. A variable that is set in the environment of `./tandem up`, or in `.env`, reaches each program that documents it in its
`.env.example`; the addresses and passwords of the local shop are filled in.

{}
## The command

{})";

std::string help_of(const Shop& shop, const std::string& program) {
    const std::filesystem::path file = shop.programs / program;
    if (!std::filesystem::exists(file)) {
        give_up("{} is not built: ./tandem build release shop", file.string());
    }
    const Outcome outcome = run_quietly({.arguments = {file.string(), "--help"}});
    if (outcome.exit_code != 0) {
        give_up("{} --help ended with {}: {}", program, outcome.exit_code, outcome.output);
    }
    return outcome.output;
}

} // namespace

int print_variables(const Shop& shop) {
    std::vector<Setting> settings;
    for (const char* program : programs) {
        merge(settings, settings_in_help(help_of(shop, program), program));
    }
    for (Setting& setting : settings) {
        if (setting.programs.size() == programs.size()) {
            setting.programs = {"every program"};
        }
    }
    fmt::print(page, settings_table(settings), settings_table(command_settings()));
    return 0;
}

} // namespace tandem::local
