#include "lab/compare/report.hpp"
#include "lab/compare/verdicts.hpp"
#include "libs/json/json.hpp"

namespace tandem::lab {

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

struct RunJson {
    std::string architecture;
    double rate = 0;
    std::int64_t sent = 0;
    std::int64_t accepted = 0;
    std::int64_t confirmed = 0;
    std::map<std::string, std::int64_t> errors;
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
                       rate,
                       sent,
                       accepted,
                       confirmed,
                       errors,
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

struct RateJson {
    double rate = 0;
    std::string load;
    std::vector<Figure> figures;
    std::vector<RunJson> runs;
};
BOOST_DESCRIBE_STRUCT(RateJson, (), (rate, load, figures, runs))

struct ComparisonJson {
    std::string profile;
    std::string meaning;
    std::int64_t seconds = 0;
    std::string taken_at;
    Machine machine;
    std::vector<RateJson> rates;
};
BOOST_DESCRIBE_STRUCT(ComparisonJson, (), (profile, meaning, seconds, taken_at, machine, rates))

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

RunJson run_json(const Run& run) {
    const Sessions& sessions = run.sessions;
    return {.architecture = run.architecture,
            .rate = run.rate,
            .sent = static_cast<std::int64_t>(sessions.sent),
            .accepted = static_cast<std::int64_t>(sessions.accepted),
            .confirmed = static_cast<std::int64_t>(sessions.confirmed),
            .errors = {sessions.errors.begin(), sessions.errors.end()},
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

RateJson rate_json(const Comparison& comparison, double rate) {
    RateJson json{.rate = rate, .load = load_text(comparison.profile, rate)};
    for (const Run& run : comparison.runs) {
        if (run.rate == rate) {
            json.runs.push_back(run_json(run));
        }
    }
    const Run* microservices = comparison.find("microservices", rate);
    const Run* monolith = comparison.find("monolith", rate);
    if (microservices != nullptr && monolith != nullptr) {
        json.figures = figures(*microservices, *monolith);
    }
    return json;
}

} // namespace

std::string to_json(const Comparison& comparison) {
    ComparisonJson json{.profile = std::string(comparison.profile.name),
                        .meaning = std::string(comparison.profile.meaning),
                        .seconds = comparison.seconds,
                        .taken_at = comparison.taken_at,
                        .machine = comparison.machine};
    for (const double rate : comparison.rates()) {
        json.rates.push_back(rate_json(comparison, rate));
    }
    return json::write(json);
}

} // namespace tandem::lab
