#include "lab/compare/process_usage.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <unistd.h>

namespace tandem::lab {
namespace {

constexpr std::array kinds{std::pair{"shop", Kind::shop},
                           std::pair{"databases", Kind::databases},
                           std::pair{"broker", Kind::broker}};

std::string content_of(const std::filesystem::path& file) {
    std::ifstream stream(file);
    return {std::istreambuf_iterator<char>(stream), {}};
}

std::vector<ProcessStat> all_processes() {
    std::vector<ProcessStat> all;
    std::error_code gone;
    for (const auto& entry : std::filesystem::directory_iterator("/proc", gone)) {
        const std::string name = entry.path().filename().string();
        if (!std::ranges::all_of(name, [](char letter) { return letter >= '0' && letter <= '9'; })) {
            continue;
        }
        if (const auto stat = parse_stat(content_of(entry.path() / "stat"))) {
            all.push_back(*stat);
        }
    }
    return all;
}

double& of_kind(ByKind& figures, Kind kind) {
    switch (kind) {
    case Kind::shop:
        return figures.shop;
    case Kind::databases:
        return figures.databases;
    case Kind::broker:
        return figures.broker;
    }
    std::unreachable();
}

double memory_mib(const std::vector<ProcessStat>& processes) {
    ResidentMemory sum;
    for (const ProcessStat& process : processes) {
        const auto file = std::filesystem::path("/proc") / std::to_string(process.pid) / "status";
        const ResidentMemory memory = parse_status(content_of(file));
        sum.own_kib += memory.own_kib;
        sum.shared_kib = std::max(sum.shared_kib, memory.shared_kib);
    }
    return static_cast<double>(sum.own_kib + sum.shared_kib) / 1024;
}

std::int64_t line_value(std::string_view text, std::string_view name) {
    const auto at = text.find(name);
    if (at == std::string_view::npos) {
        return 0;
    }
    std::int64_t value = 0;
    std::istringstream(std::string(text.substr(at + name.size(), 32))) >> value;
    return value;
}

} // namespace

std::optional<ProcessStat> parse_stat(std::string_view text) {
    const auto name_end = text.rfind(')');
    if (name_end == std::string_view::npos) {
        return std::nullopt;
    }
    ProcessStat stat;
    std::istringstream(std::string(text)) >> stat.pid;
    std::istringstream fields{std::string(text.substr(name_end + 1))};
    std::string state;
    fields >> state >> stat.parent;
    std::string skipped;
    for (int field = 5; field <= 13; ++field) { // proc(5): pgrp to cmajflt
        fields >> skipped;
    }
    for (int field = 14; field <= 17; ++field) { // utime, stime, cutime, cstime
        std::uint64_t ticks = 0;
        fields >> ticks;
        stat.cpu_ticks += ticks;
    }
    return fields && stat.pid > 0 ? std::optional(stat) : std::nullopt;
}

ResidentMemory parse_status(std::string_view text) {
    return {.own_kib = line_value(text, "\nRssAnon:"),
            .shared_kib = line_value(text, "\nRssFile:") + line_value(text, "\nRssShmem:")};
}

std::vector<ProcessStat> tree_of(pid_t root, const std::vector<ProcessStat>& all) {
    std::vector<ProcessStat> tree;
    std::ranges::copy_if(
        all, std::back_inserter(tree), [root](const auto& each) { return each.pid == root; });
    for (std::size_t i = 0; i < tree.size(); ++i) {
        const pid_t parent = tree[i].pid;
        for (const ProcessStat& each : all) {
            if (each.parent == parent && each.pid != parent) {
                tree.push_back(each);
            }
        }
    }
    return tree;
}

Result<SupervisedPart> SupervisedPart::parse(std::string_view text) {
    const auto first = text.find(':');
    const auto second = first == std::string_view::npos ? first : text.find(':', first + 1);
    const auto equals = second == std::string_view::npos ? second : text.find('=', second + 1);
    if (equals == std::string_view::npos) {
        return fail(ErrorKind::invalid, "A part is written architecture:kind:name=pid.");
    }
    SupervisedPart part{.architecture = std::string(text.substr(0, first)),
                        .name = std::string(text.substr(second + 1, equals - second - 1))};
    const auto word = text.substr(first + 1, second - first - 1);
    const auto* kind = std::ranges::find(kinds, word, [](const auto& each) { return each.first; });
    const char* end = text.data() + text.size();
    const auto number = std::from_chars(text.data() + equals + 1, end, part.pid);
    if (kind == kinds.end() || number.ec != std::errc() || number.ptr != end || part.pid <= 0) {
        return fail(ErrorKind::invalid, "A part's kind is shop, databases or broker, its pid a number.");
    }
    part.kind = kind->second;
    return part;
}

Usage usage_of(const std::vector<SupervisedPart>& parts) {
    const auto ticks_per_s = static_cast<double>(::sysconf(_SC_CLK_TCK));
    const std::vector<ProcessStat> all = all_processes();
    Usage usage;
    for (const SupervisedPart& part : parts) {
        const std::vector<ProcessStat> tree = tree_of(part.pid, all);
        for (const ProcessStat& process : tree) {
            of_kind(usage.cpu_s, part.kind) += static_cast<double>(process.cpu_ticks) / ticks_per_s;
        }
        of_kind(usage.memory_mib, part.kind) += memory_mib(tree);
    }
    return usage;
}

std::vector<SupervisedPart> parts_of(const std::vector<SupervisedPart>& parts,
                                     std::string_view architecture) {
    std::vector<SupervisedPart> own;
    std::ranges::copy_if(parts, std::back_inserter(own), [&](const SupervisedPart& each) {
        return each.architecture == architecture;
    });
    return own;
}

} // namespace tandem::lab
