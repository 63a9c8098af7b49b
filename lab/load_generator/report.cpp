#include "lab/load_generator/report.hpp"

#include "libs/json/json.hpp"

#include <fmt/format.h>

namespace tandem::lab {
namespace {

struct QuantilesJson {
    std::int64_t count = 0;
    double p50_ms = 0;
    double p90_ms = 0;
    double p99_ms = 0;
    double max_ms = 0;
};
BOOST_DESCRIBE_STRUCT(QuantilesJson, (), (count, p50_ms, p90_ms, p99_ms, max_ms))

struct PartJson {
    std::string name;
    double cpu_s = 0;
    double cpu_ms_per_order = 0;
    double resident_mib = 0;
};
BOOST_DESCRIBE_STRUCT(PartJson, (), (name, cpu_s, cpu_ms_per_order, resident_mib))

struct ErrorJson {
    std::string kind;
    std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(ErrorJson, (), (kind, count))

struct FindingsJson {
    double rate_per_s = 0;
    std::int64_t length_s = 0;
    std::int64_t sent = 0;
    std::int64_t accepted = 0;
    std::int64_t confirmed = 0;
    std::vector<ErrorJson> errors;
    QuantilesJson time_to_accepted;
    QuantilesJson time_to_confirmed;
    QuantilesJson accepted_to_confirmed;
    QuantilesJson send_lag;
    std::vector<PartJson> parts;
    double generator_cpu_s = 0;
};
BOOST_DESCRIBE_STRUCT(FindingsJson,
                      (),
                      (rate_per_s,
                       length_s,
                       sent,
                       accepted,
                       confirmed,
                       errors,
                       time_to_accepted,
                       time_to_confirmed,
                       accepted_to_confirmed,
                       send_lag,
                       parts,
                       generator_cpu_s))

double ms(std::chrono::microseconds duration) {
    return static_cast<double>(duration.count()) / 1000.0;
}

double per_order_ms(double cpu_s, const Findings& findings) {
    return findings.accepted == 0 ? 0 : cpu_s * 1000.0 / static_cast<double>(findings.accepted);
}

QuantilesJson quantiles(const Histogram& histogram) {
    return {static_cast<std::int64_t>(histogram.count()),
            ms(histogram.quantile(0.5)),
            ms(histogram.quantile(0.9)),
            ms(histogram.quantile(0.99)),
            ms(histogram.max())};
}

std::string row(std::string_view name, const Histogram& histogram) {
    const QuantilesJson figures = quantiles(histogram);
    return fmt::format("  {:<24}{:>8}{:>10.2f}{:>10.2f}{:>10.2f}{:>10.2f}\n",
                       name,
                       figures.count,
                       figures.p50_ms,
                       figures.p90_ms,
                       figures.p99_ms,
                       figures.max_ms);
}

} // namespace

std::string to_table(const Findings& findings) {
    std::string text = fmt::format("{} orders/s for {} s: {} sent, {} accepted, {} confirmed\n\n",
                                   findings.rate_per_s,
                                   findings.length_s,
                                   findings.sent,
                                   findings.accepted,
                                   findings.confirmed);
    text += fmt::format("  {:<24}{:>8}{:>10}{:>10}{:>10}{:>10}\n", "ms", "count", "p50", "p90", "p99", "max");
    text += row("time to accepted", findings.time_to_accepted);
    text += row("time to confirmed", findings.time_to_confirmed);
    text += row("accepted to confirmed", findings.accepted_to_confirmed);
    text += row("generator's own lag", findings.send_lag);
    for (const auto& [kind, count] : findings.errors) {
        text += fmt::format("  error {}: {}\n", kind, count);
    }
    if (!findings.parts.empty()) {
        text +=
            fmt::format("\n  {:<24}{:>12}{:>16}{:>14}\n", "part", "CPU s", "CPU ms/order", "resident MiB");
    }
    for (const PartUsage& part : findings.parts) {
        text += fmt::format("  {:<24}{:>12.2f}{:>16.2f}{:>14.1f}\n",
                            part.name,
                            part.cpu_s,
                            per_order_ms(part.cpu_s, findings),
                            part.resident_mib);
    }
    text += fmt::format("  {:<24}{:>12.2f}{:>16.2f}\n",
                        "load generator",
                        findings.generator_cpu_s,
                        per_order_ms(findings.generator_cpu_s, findings));
    return text;
}

std::string to_json(const Findings& findings) {
    FindingsJson json{.rate_per_s = findings.rate_per_s,
                      .length_s = findings.length_s,
                      .sent = static_cast<std::int64_t>(findings.sent),
                      .accepted = static_cast<std::int64_t>(findings.accepted),
                      .confirmed = static_cast<std::int64_t>(findings.confirmed),
                      .errors = {},
                      .time_to_accepted = quantiles(findings.time_to_accepted),
                      .time_to_confirmed = quantiles(findings.time_to_confirmed),
                      .accepted_to_confirmed = quantiles(findings.accepted_to_confirmed),
                      .send_lag = quantiles(findings.send_lag),
                      .parts = {},
                      .generator_cpu_s = findings.generator_cpu_s};
    for (const auto& [kind, count] : findings.errors) {
        json.errors.push_back({kind, static_cast<std::int64_t>(count)});
    }
    for (const PartUsage& part : findings.parts) {
        json.parts.push_back({part.name, part.cpu_s, per_order_ms(part.cpu_s, findings), part.resident_mib});
    }
    return json::write(json);
}

} // namespace tandem::lab
