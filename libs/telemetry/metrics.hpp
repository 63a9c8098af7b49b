#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace tandem::telemetry {

/// Labels of one time series. Keep the number of different values small: a route pattern, never a
/// path; a status class, never a user.
using Labels = std::vector<std::pair<std::string, std::string>>;

/// Handles to series of the process's one registry (prometheus-cpp). A handle is cheap to copy and
/// valid until the process ends; asking twice for the same name and labels gives the same series.
/// Updating is lock-free and safe from any thread; get handles once, not per request.
class Counter {
public:
    void add(double amount = 1) const;

private:
    friend Counter counter(const std::string&, const std::string&, const Labels&);
    void* series_ = nullptr;
};

class Gauge {
public:
    void set(double value) const;
    void add(double amount) const;

private:
    friend Gauge gauge(const std::string&, const std::string&, const Labels&);
    void* series_ = nullptr;
};

/// A distribution of durations, in seconds, with buckets from 0.5 ms to 30 s.
class Histogram {
public:
    void observe(std::chrono::nanoseconds duration) const;

private:
    friend Histogram histogram(const std::string&, const std::string&, const Labels&);
    void* series_ = nullptr;
};

/// `name` in Prometheus style: tandem_http_requests_total, tandem_http_request_duration_seconds.
Counter counter(const std::string& name, const std::string& help, const Labels& labels = {});
Gauge gauge(const std::string& name, const std::string& help, const Labels& labels = {});
Histogram histogram(const std::string& name, const std::string& help, const Labels& labels = {});

/// The whole registry in the Prometheus text exposition format 0.0.4, plus the process's own
/// figures (process_resident_memory_bytes, process_cpu_seconds_total, process_open_fds).
std::string metrics_text();

} // namespace tandem::telemetry
