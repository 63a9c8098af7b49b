#include "tools/tandem/part.hpp"

#include "tools/tandem/problem.hpp"

#include <algorithm>
#include <sys/stat.h>
#include <unistd.h>

namespace tandem::local {
namespace {

bool is_open_to_all(const std::filesystem::path& folder) {
    for (auto each = folder; each != each.root_path(); each = each.parent_path()) {
        struct stat status{};
        if (::stat(each.c_str(), &status) == 0 && (status.st_mode & S_IXOTH) == 0) {
            return false;
        }
    }
    return true;
}

} // namespace

std::vector<std::string> run_as(const Shop& shop, const std::string& user) {
    if (user.empty() || ::geteuid() != 0) {
        return {};
    }
    std::vector<std::string> words{"setpriv", "--reuid=" + user, "--regid=" + user, "--init-groups"};
    if (!is_open_to_all(shop.state)) {
        words.insert(words.end(),
                     {"--inh-caps=+dac_override",
                      "--ambient-caps=+dac_override",
                      // access(2), which Erlang asks, minds the capability only then
                      "--securebits=+no_setuid_fixup"});
    }
    return words;
}

std::vector<Part> all_parts(const Shop& shop) {
    std::vector<Part> parts = infrastructure_parts(shop);
    std::ranges::move(application_parts(shop), std::back_inserter(parts));
    return parts;
}

const Part& find_part(const std::vector<Part>& parts, const std::string& name) {
    const auto found = std::ranges::find(parts, name, &Part::name);
    if (found == parts.end()) {
        std::vector<std::string> names;
        std::ranges::transform(parts, std::back_inserter(names), &Part::name);
        give_up("no part is called '{}'; there are {}", name, fmt::join(names, ", "));
    }
    return *found;
}

} // namespace tandem::local
