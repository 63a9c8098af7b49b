#include "tools/tandem/commands.hpp"
#include "tools/tandem/part.hpp"
#include "tools/tandem/problem.hpp"
#include "tools/tandem/process.hpp"
#include "tools/tandem/supervisor.hpp"

#include <algorithm>

/// Commands that hand over to another program.
namespace tandem::local {

int logs(const Shop& shop, const std::string& name, bool follow) {
    std::vector<std::string> command{"tail"};
    if (follow) {
        command.emplace_back("-F");
    }
    if (!name.empty()) {
        const bool is_supervisor = name == "supervisord";
        const auto file = shop.log_of(is_supervisor ? name : find_part(all_parts(shop), name).name);
        command.insert(command.end(), {"-n", "200", file.string()});
    } else {
        command.insert(command.end(), {"-n", "15"});
        for (const Part& part : all_parts(shop)) {
            if (std::filesystem::exists(shop.log_of(part.name))) {
                command.push_back(shop.log_of(part.name).string());
            }
        }
    }
    if (!std::filesystem::exists(command.back())) {
        give_up("there is no log yet; ./tandem up starts the shop");
    }
    become({.arguments = std::move(command)});
}

Command
psql_command(const Shop& shop, const std::string& service, const std::vector<std::string>& arguments) {
    Command command{.arguments = {"psql", shop.database_address(service)},
                    .environment = {{"PGPASSWORD", shop.database_password(service)}}};
    std::ranges::copy(arguments, std::back_inserter(command.arguments));
    return command;
}

int psql(const Shop& shop, const std::string& service, const std::vector<std::string>& arguments) {
    if (std::ranges::find(database_services, service) == database_services.end()) {
        give_up("'{}' keeps no database; choose one of {}", service, fmt::join(database_services, ", "));
    }
    if (shop.secrets.empty()) {
        give_up("there is no database yet; ./tandem up makes it");
    }
    become(psql_command(shop, service, arguments));
}

int simulate(const Shop& shop, const std::vector<std::string>& arguments) {
    std::vector<std::string> command{(shop.programs / "simulation").string()};
    command.insert(command.end(), arguments.begin(), arguments.end());
    // Millions of small blocks come and go: malloc may keep more of them at hand than its usual seven a size.
    become({.arguments = std::move(command),
            .environment = {{"GLIBC_TUNABLES", "glibc.malloc.tcache_count=10000"}}});
}

int measure(const Shop& shop, const std::vector<std::string>& arguments) {
    if (shop.secrets.empty()) {
        give_up("there is no shop to measure yet; ./tandem up starts it");
    }
    std::vector<std::string> command{(shop.programs / "load_generator").string()};
    command.insert(command.end(), {"--url", shop.web_address("gateway")});
    for (const char* part : {"gateway",
                             "order-service",
                             "payment-service",
                             "email-service",
                             "product-service",
                             "user-service",
                             "cart-service",
                             "payment-provider"}) {
        command.insert(command.end(), {"--part", fmt::format("{}={}", part, shop.web_address(part))});
    }
    if (shop.has_flight_recorder()) {
        command.insert(command.end(), {"--part", "flight-recorder=" + shop.web_address("flight-recorder")});
    }
    std::ranges::copy(arguments, std::back_inserter(command));
    become({.arguments = std::move(command), .environment = shop_environment(shop)});
}

int audit(const Shop& shop, const AuditOptions& options) {
    constexpr int could_not_look = 2;
    if (shop.secrets.empty() || !Supervisor(shop).pid()) {
        fmt::print(stderr, "tandem: there is no shop to audit; ./tandem up starts it\n");
        return could_not_look;
    }
    const std::string running(to_string(shop.architecture));
    std::vector<std::string> command{(shop.programs / "auditor").string(),
                                     "--arch",
                                     options.architecture.empty() ? running : options.architecture,
                                     "--wait-ms",
                                     std::to_string(options.wait_ms),
                                     "--poison",
                                     std::to_string(options.poison)};
    if (!options.promises.empty()) {
        command.insert(command.end(), {"--promises", options.promises});
    }
    if (options.json) {
        command.emplace_back("--json");
    }
    become({.arguments = std::move(command), .environment = shop_environment(shop)});
}

} // namespace tandem::local
