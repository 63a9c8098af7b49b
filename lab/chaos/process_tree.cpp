#include "lab/chaos/process_tree.hpp"

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>

namespace tandem::lab {
namespace {

/// The fourth field of /proc/<pid>/stat; the name before it may hold blanks and parentheses.
pid_t parent_in(const std::string& stat) {
    const auto name_end = stat.rfind(')');
    if (name_end == std::string::npos) {
        return 0;
    }
    std::istringstream rest(stat.substr(name_end + 1));
    std::string state;
    pid_t parent = 0;
    rest >> state >> parent;
    return parent;
}

std::multimap<pid_t, pid_t> children_of_all() {
    std::multimap<pid_t, pid_t> children;
    std::error_code gone;
    for (const auto& entry : std::filesystem::directory_iterator("/proc", gone)) {
        const std::string name = entry.path().filename().string();
        if (!std::ranges::all_of(name, [](char letter) { return letter >= '0' && letter <= '9'; })) {
            continue;
        }
        std::string stat;
        std::getline(std::ifstream(entry.path() / "stat"), stat);
        children.emplace(parent_in(stat), std::stoi(name));
    }
    return children;
}

} // namespace

std::vector<pid_t> process_tree(pid_t root) {
    const auto children = children_of_all();
    std::vector<pid_t> tree{root};
    for (std::size_t i = 0; i < tree.size(); ++i) {
        const auto [first, last] = children.equal_range(tree[i]);
        for (auto child = first; child != last; ++child) {
            tree.push_back(child->second);
        }
    }
    return tree;
}

void signal_all(const std::vector<pid_t>& processes, int signal) {
    for (const pid_t process : processes) {
        if (process > 1) {
            ::kill(process, signal);
        }
    }
}

} // namespace tandem::lab
