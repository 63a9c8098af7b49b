#pragma once

#include "lab/compare/findings.hpp"
#include "libs/kernel/result.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

namespace tandem::lab {

/// One line of /proc/<pid>/stat. `cpu_ticks` holds the process's own time and that of the children it
/// has waited for, so that a backend that ended between two readings is not lost.
struct ProcessStat {
    pid_t pid = 0;
    pid_t parent = 0;
    std::uint64_t cpu_ticks = 0;
};

/// The name in parentheses may hold blanks and parentheses. Nothing when the text is no such line.
std::optional<ProcessStat> parse_stat(std::string_view text);

/// Resident memory of one process by /proc/<pid>/status.
struct ResidentMemory {
    std::int64_t own_kib = 0;    ///< anonymous
    std::int64_t shared_kib = 0; ///< files and shared memory
};
ResidentMemory parse_status(std::string_view text);

/// `root` and its descendants among `all`.
std::vector<ProcessStat> tree_of(pid_t root, const std::vector<ProcessStat>& all);

enum class Kind { shop, databases, broker };

/// A supervised part of one of the two shops.
struct SupervisedPart {
    std::string architecture;
    Kind kind = Kind::shop;
    std::string name;
    pid_t pid = 0;

    /// "monolith:databases:monolith-db=4711"
    static Result<SupervisedPart> parse(std::string_view text);
};

struct Usage {
    ByKind cpu_s;
    /// What a part's processes share (PostgreSQL's buffers) counts once a part.
    ByKind memory_mib;
};

/// Reads /proc. A part that does not run uses nothing.
Usage usage_of(const std::vector<SupervisedPart>& parts);

/// Those that belong to `architecture`.
std::vector<SupervisedPart> parts_of(const std::vector<SupervisedPart>& parts, std::string_view architecture);

} // namespace tandem::lab
