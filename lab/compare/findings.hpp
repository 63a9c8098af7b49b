#pragma once

#include "lab/compare/outage.hpp"
#include "lab/compare/profile.hpp"
#include "lab/load_generator/histogram.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace tandem::lab {

/// One figure for each kind of process that a shop consists of.
struct ByKind {
    double shop = 0;      ///< its own programs
    double databases = 0; ///< PostgreSQL, Redis
    double broker = 0;    ///< RabbitMQ

    double total() const { return shop + databases + broker; }
};

/// What the customers of one run met. Latencies count from the scheduled time.
struct Sessions {
    std::uint64_t sent = 0;
    std::uint64_t accepted = 0;
    std::uint64_t confirmed = 0; ///< paid, and the confirmation mail is in the order's history
    std::map<std::string, std::uint64_t> errors; ///< by what went wrong
    std::uint64_t gave_up = 0; ///< of these: had no answer within the patience, so no latency either
    std::vector<Visit> visits; ///< in the order in which they were due
    Histogram time_to_accepted;
    Histogram time_to_confirmed;
    Histogram send_lag; ///< how late the generator itself began a session
    std::vector<std::uint64_t> accepted_each_s;
    std::vector<std::uint64_t> confirmed_each_s;
    double last_confirmed_s = 0; ///< since the first session was due

    /// Confirmed orders over the time from the first session to the last confirmation.
    double orders_per_s() const;
    std::uint64_t error_count() const;
};

/// What one shop did under one load.
struct Run {
    std::string architecture; ///< "microservices" or "monolith"
    Load load;
    Sessions sessions;
    std::optional<OutageWindow> outage;
    double length_s = 0; ///< until the last session had ended
    ByKind cpu_s;
    ByKind memory_peak_mib;
    std::int64_t wal_bytes = 0;
    double generator_cpu_s = 0;

    double per_order(double amount) const; ///< 0 when nothing was accepted
    ByKind cpu_ms_per_order() const;
    double generator_share() const; ///< of one core
};

struct Machine {
    std::string processor;
    int cores = 0;
    double memory_gib = 0;
    std::string system;
};

Machine this_machine();

/// The same load on both shops.
struct Pair {
    const Run& microservices;
    const Run& monolith;
};

struct Comparison {
    Profile profile;
    bool is_interrupted = false; ///< some loads are missing
    std::string taken_at;        ///< RFC 3339
    Machine machine;
    std::vector<Run> runs;

    /// What both shops have played, in the order of the runs. Valid as long as `runs` is unchanged.
    std::vector<Pair> pairs() const;
};

} // namespace tandem::lab
