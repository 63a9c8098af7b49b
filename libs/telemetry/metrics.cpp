#include "libs/telemetry/metrics.hpp"

#include <ctime>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <map>
#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>
#include <unistd.h>

namespace tandem::telemetry {
namespace {

const std::vector<double> duration_buckets_s{
    .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30};

prometheus::Registry& registry() {
    // Never destroyed: handles live in static objects too.
    static auto* const all = new prometheus::Registry;
    return *all;
}

std::map<std::string, std::string> to_map(const Labels& labels) {
    return {labels.begin(), labels.end()};
}

double resident_bytes() {
    std::ifstream statm("/proc/self/statm");
    long pages = 0;
    long resident_pages = 0;
    statm >> pages >> resident_pages;
    return static_cast<double>(resident_pages) * static_cast<double>(sysconf(_SC_PAGESIZE));
}

double cpu_seconds() {
    timespec used{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) / 1e9;
}

std::ptrdiff_t open_descriptors() {
    std::error_code error;
    const std::filesystem::directory_iterator all("/proc/self/fd", error);
    return error ? 0 : std::distance(begin(all), end(all));
}

std::string process_text() {
    return fmt::format("# HELP process_resident_memory_bytes Resident memory size in bytes.\n"
                       "# TYPE process_resident_memory_bytes gauge\n"
                       "process_resident_memory_bytes {}\n"
                       "# HELP process_cpu_seconds_total User and system CPU time in seconds.\n"
                       "# TYPE process_cpu_seconds_total counter\n"
                       "process_cpu_seconds_total {}\n"
                       "# HELP process_open_fds Number of open file descriptors.\n"
                       "# TYPE process_open_fds gauge\n"
                       "process_open_fds {}\n",
                       resident_bytes(),
                       cpu_seconds(),
                       open_descriptors());
}

} // namespace

void Counter::add(double amount) const {
    if (series_ != nullptr) {
        static_cast<prometheus::Counter*>(series_)->Increment(amount);
    }
}

void Gauge::set(double value) const {
    if (series_ != nullptr) {
        static_cast<prometheus::Gauge*>(series_)->Set(value);
    }
}

void Gauge::add(double amount) const {
    if (series_ != nullptr) {
        static_cast<prometheus::Gauge*>(series_)->Increment(amount);
    }
}

void Histogram::observe(std::chrono::nanoseconds duration) const {
    if (series_ != nullptr) {
        const double seconds = std::chrono::duration<double>(duration).count();
        static_cast<prometheus::Histogram*>(series_)->Observe(seconds);
    }
}

Counter counter(const std::string& name, const std::string& help, const Labels& labels) {
    Counter handle;
    handle.series_ =
        &prometheus::BuildCounter().Name(name).Help(help).Register(registry()).Add(to_map(labels));
    return handle;
}

Gauge gauge(const std::string& name, const std::string& help, const Labels& labels) {
    Gauge handle;
    handle.series_ = &prometheus::BuildGauge().Name(name).Help(help).Register(registry()).Add(to_map(labels));
    return handle;
}

Histogram histogram(const std::string& name, const std::string& help, const Labels& labels) {
    Histogram handle;
    handle.series_ = &prometheus::BuildHistogram()
                          .Name(name)
                          .Help(help)
                          .Register(registry())
                          .Add(to_map(labels), duration_buckets_s);
    return handle;
}

std::string metrics_text() {
    return prometheus::TextSerializer().Serialize(registry().Collect()) + process_text();
}

} // namespace tandem::telemetry
