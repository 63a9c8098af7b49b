#include "libs/telemetry/log.hpp"

#include "libs/kernel/time.hpp"
#include "libs/telemetry/log_line.hpp"

#include <atomic>
#include <cstdio>
#include <memory>
#include <mutex>
#include <spdlog/async.h>
#include <spdlog/async_logger.h>
#include <spdlog/details/null_mutex.h>
#include <spdlog/sinks/base_sink.h>

namespace tandem::telemetry {
namespace {

constexpr std::size_t queue_max = 2048; // allocated at once: about 0.4 KiB a line

/// Hands lines to the system when no other waits: one write a line when idle, few under load.
class StandardOutput final : public spdlog::sinks::base_sink<spdlog::details::null_mutex> {
public:
    explicit StandardOutput(spdlog::details::thread_pool& queue) : queue_(queue) {}

private:
    void sink_it_(const spdlog::details::log_msg& line) override {
        std::fwrite(line.payload.data(), 1, line.payload.size(), stdout);
        if (queue_.queue_size() == 0) {
            std::fflush(stdout);
        }
    }
    void flush_() override { std::fflush(stdout); }

    spdlog::details::thread_pool& queue_;
};

struct Log {
    explicit Log(std::string name)
        : service(std::move(name)), queue(std::make_shared<spdlog::details::thread_pool>(queue_max, 1)) {
        auto sink = std::make_shared<StandardOutput>(*queue);
        logger = std::make_shared<spdlog::async_logger>(
            service, std::move(sink), queue, spdlog::async_overflow_policy::overrun_oldest);
        logger->set_level(spdlog::level::trace);
    }

    std::string service;
    std::shared_ptr<spdlog::async_logger> logger;
    /// Last, so that its thread has ended before the logger and the sink that it uses are destroyed.
    std::shared_ptr<spdlog::details::thread_pool> queue;
};

std::mutex mutex;
std::shared_ptr<Log> open;
std::atomic<Level> least_level{Level::info};

std::shared_ptr<Log> current_log() {
    const std::lock_guard lock(mutex);
    return open;
}

} // namespace

void open_log(std::string service, Level least) {
    auto fresh = std::make_shared<Log>(std::move(service));
    least_level = least;
    const std::lock_guard lock(mutex);
    open = std::move(fresh);
}

void close_log() {
    std::shared_ptr<Log> last;
    {
        const std::lock_guard lock(mutex);
        last = std::move(open);
        open.reset();
    }
    // The thread pool writes what is queued before its destructor returns.
    last.reset();
    std::fflush(stdout);
}

void log(Level level, std::string_view message, Fields fields) {
    if (level < least_level.load(std::memory_order_relaxed)) {
        return;
    }
    const auto to = current_log();
    std::string line =
        log_line(SystemClock().now(), level, to ? std::string_view(to->service) : "", message, fields);
    line += '\n';
    if (to) {
        to->logger->log(spdlog::level::info, spdlog::string_view_t(line.data(), line.size()));
        return;
    }
    std::fwrite(line.data(), 1, line.size(), stderr);
}

} // namespace tandem::telemetry
