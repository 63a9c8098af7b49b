#include "lab/compare/break_even.hpp"
#include "lab/compare/outage_story.hpp"
#include "lab/compare/report.hpp"
#include "lab/compare/verdicts.hpp"
#include "libs/json/json.hpp"

namespace tandem::lab {

BOOST_DESCRIBE_STRUCT(Arrivals, (), (came, accepted, confirmed))
BOOST_DESCRIBE_STRUCT(BreakEven, (), (rate, payment_delay_ms, sentence))
BOOST_DESCRIBE_STRUCT(CellSide, (), (accepted_ms, confirmed_ms, cpu_ms, keeps_up))
BOOST_DESCRIBE_STRUCT(ByKind, (), (shop, databases, broker))
BOOST_DESCRIBE_STRUCT(Machine, (), (processor, cores, memory_gib, system))
BOOST_DESCRIBE_STRUCT(Figure, (), (name, microservices, monolith, winner, verdict))

namespace {

/// `curve` holds the latency that each share of the sessions did not exceed: 0, 1, ... 100 %.
struct LatencyJson {
    std::int64_t count = 0;
    double p50_ms = 0;
    double p90_ms = 0;
    double p99_ms = 0;
    double max_ms = 0;
    std::vector<double> curve_ms;
};
BOOST_DESCRIBE_STRUCT(LatencyJson, (), (count, p50_ms, p90_ms, p99_ms, max_ms, curve_ms))

struct OutageJson {
    double begin_s = 0;
    double end_s = 0;
    Arrivals before;
    Arrivals during;
    Arrivals after;
    std::int64_t waiting_at_end = 0;
    std::int64_t never_confirmed = 0;
    std::optional<double> recovery_s;
};
BOOST_DESCRIBE_STRUCT(OutageJson,
                      (),
                      (begin_s, end_s, before, during, after, waiting_at_end, never_confirmed, recovery_s))

struct RunJson {
    std::string architecture;
    std::int64_t sent = 0;
    std::int64_t accepted = 0;
    std::int64_t confirmed = 0;
    std::map<std::string, std::int64_t> errors;
    std::int64_t gave_up = 0;
    std::optional<OutageJson> outage;
    LatencyJson time_to_accepted;
    LatencyJson time_to_confirmed;
    LatencyJson send_lag;
    double length_s = 0;
    double orders_per_s = 0;
    std::vector<std::int64_t> accepted_each_s;
    std::vector<std::int64_t> confirmed_each_s;
    ByKind cpu_s;
    ByKind cpu_ms_per_order;
    ByKind memory_peak_mib;
    std::int64_t wal_bytes = 0;
    double wal_bytes_per_order = 0;
    double generator_cpu_s = 0;
    double generator_share = 0;
};
BOOST_DESCRIBE_STRUCT(RunJson,
                      (),
                      (architecture,
                       sent,
                       accepted,
                       confirmed,
                       errors,
                       gave_up,
                       outage,
                       time_to_accepted,
                       time_to_confirmed,
                       send_lag,
                       length_s,
                       orders_per_s,
                       accepted_each_s,
                       confirmed_each_s,
                       cpu_s,
                       cpu_ms_per_order,
                       memory_peak_mib,
                       wal_bytes,
                       wal_bytes_per_order,
                       generator_cpu_s,
                       generator_share))

struct LoadJson {
    std::string load;
    std::int64_t payment_delay_ms = 0;
    double rate = 0;
    std::vector<std::string> summary;
    std::vector<std::string> outage_story;
    std::vector<Figure> figures;
    std::vector<RunJson> runs;
};
BOOST_DESCRIBE_STRUCT(LoadJson, (), (load, payment_delay_ms, rate, summary, outage_story, figures, runs))

struct CellJson {
    std::int64_t payment_delay_ms = 0;
    double rate = 0;
    CellSide microservices;
    CellSide monolith;
    std::string better;
};
BOOST_DESCRIBE_STRUCT(CellJson, (), (payment_delay_ms, rate, microservices, monolith, better))

struct BreakEvenJson {
    std::string definition;
    std::vector<BreakEven> rates;
    std::vector<std::string> overloads;
    std::vector<CellJson> cells;
};
BOOST_DESCRIBE_STRUCT(BreakEvenJson, (), (definition, rates, overloads, cells))

struct ComparisonJson {
    std::string profile;
    std::string meaning;
    std::int64_t seconds = 0;
    bool is_interrupted = false;
    std::string taken_at;
    Machine machine;
    std::optional<BreakEvenJson> break_even;
    std::vector<LoadJson> loads;
};
BOOST_DESCRIBE_STRUCT(ComparisonJson,
                      (),
                      (profile, meaning, seconds, is_interrupted, taken_at, machine, break_even, loads))

double ms(std::chrono::microseconds duration) {
    return static_cast<double>(duration.count()) / 1'000;
}

LatencyJson latency(const Histogram& histogram) {
    LatencyJson json{.count = static_cast<std::int64_t>(histogram.count()),
                     .p50_ms = ms(histogram.quantile(0.5)),
                     .p90_ms = ms(histogram.quantile(0.9)),
                     .p99_ms = ms(histogram.quantile(0.99)),
                     .max_ms = ms(histogram.max())};
    for (int percent = 0; histogram.count() > 0 && percent <= 100; ++percent) {
        json.curve_ms.push_back(ms(histogram.quantile(percent / 100.0)));
    }
    return json;
}

std::optional<OutageJson> outage_json(const Run& run) {
    if (!run.outage) {
        return std::nullopt;
    }
    const OutageEffect effect = effect_of(*run.outage, run.sessions.visits);
    return OutageJson{.begin_s = run.outage->begin_s,
                      .end_s = run.outage->end_s,
                      .before = effect.before,
                      .during = effect.during,
                      .after = effect.after,
                      .waiting_at_end = static_cast<std::int64_t>(effect.waiting),
                      .never_confirmed = static_cast<std::int64_t>(effect.never_confirmed),
                      .recovery_s = effect.recovery_s};
}

RunJson run_json(const Run& run) {
    const Sessions& sessions = run.sessions;
    return {.architecture = run.architecture,
            .sent = static_cast<std::int64_t>(sessions.sent),
            .accepted = static_cast<std::int64_t>(sessions.accepted),
            .confirmed = static_cast<std::int64_t>(sessions.confirmed),
            .errors = {sessions.errors.begin(), sessions.errors.end()},
            .gave_up = static_cast<std::int64_t>(sessions.gave_up),
            .outage = outage_json(run),
            .time_to_accepted = latency(sessions.time_to_accepted),
            .time_to_confirmed = latency(sessions.time_to_confirmed),
            .send_lag = latency(sessions.send_lag),
            .length_s = run.length_s,
            .orders_per_s = sessions.orders_per_s(),
            .accepted_each_s = {sessions.accepted_each_s.begin(), sessions.accepted_each_s.end()},
            .confirmed_each_s = {sessions.confirmed_each_s.begin(), sessions.confirmed_each_s.end()},
            .cpu_s = run.cpu_s,
            .cpu_ms_per_order = run.cpu_ms_per_order(),
            .memory_peak_mib = run.memory_peak_mib,
            .wal_bytes = run.wal_bytes,
            .wal_bytes_per_order = run.per_order(static_cast<double>(run.wal_bytes)),
            .generator_cpu_s = run.generator_cpu_s,
            .generator_share = run.generator_share()};
}

LoadJson load_json(const Profile& profile, const Pair& pair) {
    const Load& load = pair.microservices.load;
    return {.load = load_text(profile, load),
            .payment_delay_ms = load.payment_delay_ms,
            .rate = load.rate,
            .summary = summary(pair.microservices, pair.monolith),
            .outage_story = outage_story(profile, pair),
            .figures = figures(pair.microservices, pair.monolith),
            .runs = {run_json(pair.microservices), run_json(pair.monolith)}};
}

BreakEvenJson break_even_json(const Comparison& comparison) {
    const std::vector<Cell> cells = cells_of(comparison);
    BreakEvenJson json{.definition = break_even_definition(),
                       .rates = break_evens(cells),
                       .overloads = overloads(comparison),
                       .cells = {}};
    for (const Cell& cell : cells) {
        json.cells.push_back({.payment_delay_ms = cell.load.payment_delay_ms,
                              .rate = cell.load.rate,
                              .microservices = cell.microservices,
                              .monolith = cell.monolith,
                              .better = cell.better});
    }
    return json;
}

} // namespace

std::string to_json(const Comparison& comparison) {
    const Profile& profile = comparison.profile;
    ComparisonJson json{.profile = std::string(profile.name),
                        .meaning = std::string(profile.meaning),
                        .seconds = profile.length.count(),
                        .is_interrupted = comparison.is_interrupted,
                        .taken_at = comparison.taken_at,
                        .machine = comparison.machine,
                        .break_even = {},
                        .loads = {}};
    if (profile.sweeps()) {
        json.break_even = break_even_json(comparison);
    }
    for (const Pair& pair : comparison.pairs()) {
        json.loads.push_back(load_json(profile, pair));
    }
    return json::write(json);
}

} // namespace tandem::lab
