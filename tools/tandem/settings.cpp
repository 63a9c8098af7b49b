#include "tools/tandem/settings.hpp"

#include "tools/tandem/problem.hpp"

#include <algorithm>

namespace tandem::local {
namespace {

/// "  PORT  port to listen on [9000]"
Setting setting_in(std::string_view line, const std::string& program) {
    line.remove_prefix(2);
    const auto name_end = std::min(line.find(' '), line.size());
    const auto meaning_begin = std::min(line.find_first_not_of(' ', name_end), line.size());
    const auto fallback_begin = line.rfind(" [");
    if (fallback_begin == std::string_view::npos || fallback_begin < meaning_begin || !line.ends_with(']')) {
        give_up("{} --help: expected NAME meaning [default], found '{}'", program, line);
    }
    const auto fallback = line.substr(fallback_begin + 2, line.size() - fallback_begin - 3);
    return {.name = std::string(line.substr(0, name_end)),
            .fallback = fallback == "not set" ? "" : std::string(fallback),
            .meaning = std::string(line.substr(meaning_begin, fallback_begin - meaning_begin)),
            .programs = {program}};
}

std::string escaped(const std::string& text) {
    std::string out;
    for (const char letter : text) {
        out += letter == '|' ? "\\|" : std::string(1, letter);
    }
    return out;
}

} // namespace

std::vector<Setting> settings_in_help(std::string_view help, const std::string& program) {
    std::vector<Setting> settings;
    auto at = help.find("\nEnvironment variables:\n");
    at = at == std::string_view::npos ? help.size() : help.find('\n', at + 1) + 1;
    while (at < help.size()) {
        const auto line = help.substr(at, help.find('\n', at) - at);
        if (line.starts_with("  ")) {
            settings.push_back(setting_in(line, program));
        }
        at += line.size() + 1;
    }
    if (settings.empty()) {
        give_up("{} --help names no variable", program);
    }
    return settings;
}

void merge(std::vector<Setting>& all, const std::vector<Setting>& more) {
    for (const Setting& setting : more) {
        const auto known = std::ranges::find_if(all, [&](const Setting& each) {
            return each.name == setting.name && each.fallback == setting.fallback &&
                   each.meaning == setting.meaning;
        });
        if (known == all.end()) {
            all.push_back(setting);
        } else {
            std::ranges::copy(setting.programs, std::back_inserter(known->programs));
        }
    }
}

std::string settings_table(const std::vector<Setting>& settings) {
    std::string text = "| variable | default | meaning | read by |\n|---|---|---|---|\n";
    for (const Setting& setting : settings) {
        text += fmt::format("| `{}` | {} | {} | {} |\n",
                            setting.name,
                            setting.fallback.empty() ? "" : "`" + escaped(setting.fallback) + "`",
                            escaped(setting.meaning),
                            fmt::join(setting.programs, ", "));
    }
    return text;
}

std::vector<Setting> command_settings() {
    std::vector<Setting> settings{
        {"TANDEM_ARCH", "both", "what up starts: microservices, monolith or both", {}},
        {"TANDEM_FLIGHT_RECORDER",
         "on",
         "off: up starts no flight recorder, and parts export no spans to it",
         {}},
        {"TANDEM_PORT_OFFSET", "0", "added to every port below", {}},
        {"TANDEM_TEST_PORT_OFFSET", "11000", "the same for the shop that ./tandem test starts", {}},
        {"TANDEM_STATE", ".tandem/shop", "folder of everything that a shop writes", {}},
        {"TANDEM_UP_TIMEOUT_S", "120", "how long up waits until every part is ready, seconds", {}},
        {"TANDEM_SKIP_PACKAGES", "", "1: install no Debian packages; only in the environment", {}},
        {"TANDEM_ENV_FILE", ".env", "file of settings; only in the environment", {}},
        {"ADMIN_EMAIL", "admin@example.com", "the administrator's login; taken at the first up", {}},
        {"RABBITMQ_USER", "ecommerce", "the broker's login; taken at the first up", {}},
        {"RABBITMQ_PASSWORD", "ecommerce123", "its password; taken at the first up", {}}};
    std::vector<std::string> owners{"ADMIN", "POSTGRES", "REDIS"};
    for (const char* service : database_services) {
        owners.push_back(upper(service) + "_DB");
    }
    for (const std::string& owner : owners) {
        settings.push_back({owner + "_PASSWORD", "random", "a password; taken at the first up", {}});
    }
    for (const PortEntry& port : port_entries()) {
        settings.push_back(
            {port.variable, std::to_string(port.standard), std::string("port: ") + port.meaning, {}});
    }
    for (Setting& setting : settings) {
        setting.programs = {"./tandem"};
    }
    return settings;
}

} // namespace tandem::local
