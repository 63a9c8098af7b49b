#include "lab/auditor/tests/planted.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <sstream>

namespace tandem::audit::tests {

void Plot::promise(const std::string& lines) {
    std::istringstream stream(lines);
    promises = read_promises(stream);
}

std::vector<Planted> all_planted() {
    std::vector<Planted> all = planted_in_orders();
    for (auto chapter :
         {planted_in_money_and_stock(), planted_in_mail_rest_and_history(), planted_in_company()}) {
        std::ranges::move(chapter, std::back_inserter(all));
    }
    return all;
}

std::set<std::string> kinds_in_sources() {
    static const std::regex named_kind(R"(Needs::[a-z]+,\s*"([a-z_]+)\")");
    static const std::regex kind_of_history(R"(violate\(\s*findings,\s*"([a-z_]+)\")");
    static const std::regex kind_of_poison(R"re("(given_up|poison_vanished)")re");
    std::set<std::string> kinds;
    for (const auto& file : std::filesystem::directory_iterator("lab/auditor")) {
        if (file.path().extension() != ".cpp") {
            continue;
        }
        std::ifstream stream(file.path());
        const std::string text{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
        for (const std::regex& pattern : {named_kind, kind_of_history, kind_of_poison}) {
            for (std::sregex_iterator match(text.begin(), text.end(), pattern), end; match != end; ++match) {
                kinds.insert((*match)[1]);
            }
        }
    }
    return kinds;
}

} // namespace tandem::audit::tests
