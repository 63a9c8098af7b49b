#include "libs/telemetry/metrics.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

namespace tandem::telemetry {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

TEST(MetricsTest, CountsInOneSeriesHoweverOftenItIsAskedFor) {
    counter("test_events_total", "Events.", {{"queue", "a"}}).add();
    counter("test_events_total", "Events.", {{"queue", "a"}}).add(2);
    counter("test_events_total", "Events.", {{"queue", "b"}}).add();
    const std::string text = metrics_text();
    EXPECT_THAT(text, HasSubstr("# TYPE test_events_total counter\n"));
    EXPECT_THAT(text, HasSubstr("test_events_total{queue=\"a\"} 3\n"));
    EXPECT_THAT(text, HasSubstr("test_events_total{queue=\"b\"} 1\n"));
}

TEST(MetricsTest, LosesNoUpdateOfSeveralThreads) {
    const Counter shared = counter("test_shared_total", "Shared.");
    const auto work = [shared] {
        for (int i = 0; i < 10'000; ++i) {
            shared.add();
        }
    };
    std::thread first(work);
    std::thread second(work);
    first.join();
    second.join();
    EXPECT_THAT(metrics_text(), HasSubstr("test_shared_total 20000\n"));
}

TEST(MetricsTest, AGaugeGoesUpAndDown) {
    const Gauge waiting = gauge("test_waiting", "Waiting.");
    waiting.set(5);
    waiting.add(-2);
    EXPECT_THAT(metrics_text(), HasSubstr("test_waiting 3\n"));
}

TEST(MetricsTest, AHistogramCountsSecondsInBuckets) {
    const Histogram duration = histogram("test_duration_seconds", "Duration.");
    duration.observe(3ms);
    duration.observe(40s);
    const std::string text = metrics_text();
    EXPECT_THAT(text, HasSubstr("test_duration_seconds_bucket{le=\"0.0025\"} 0\n"));
    EXPECT_THAT(text, HasSubstr("test_duration_seconds_bucket{le=\"0.005\"} 1\n"));
    EXPECT_THAT(text, HasSubstr("test_duration_seconds_bucket{le=\"+Inf\"} 2\n"));
    EXPECT_THAT(text, HasSubstr("test_duration_seconds_count 2\n"));
}

TEST(MetricsTest, AHandleThatStandsForNothingDoesNothing) {
    Counter().add();
    Gauge().set(1);
    Histogram().observe(1s);
}

TEST(MetricsTest, ShowsTheProcessItself) {
    const std::string text = metrics_text();
    for (const auto* name :
         {"process_resident_memory_bytes ", "process_cpu_seconds_total ", "process_open_fds "}) {
        EXPECT_THAT(text, HasSubstr(std::string("\n") + name));
    }
}

} // namespace
} // namespace tandem::telemetry
