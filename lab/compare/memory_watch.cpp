#include "lab/compare/memory_watch.hpp"

#include <algorithm>
#include <condition_variable>

namespace tandem::lab {

MemoryWatch::MemoryWatch(std::vector<SupervisedPart> parts)
    : parts_(std::move(parts)), thread_([this](const std::stop_token& stop) { watch(stop); }) {}

ByKind MemoryWatch::peak() {
    thread_.request_stop();
    thread_.join();
    look();
    return peak_;
}

void MemoryWatch::look() {
    const ByKind now = usage_of(parts_).memory_mib;
    peak_.shop = std::max(peak_.shop, now.shop);
    peak_.databases = std::max(peak_.databases, now.databases);
    peak_.broker = std::max(peak_.broker, now.broker);
}

void MemoryWatch::watch(const std::stop_token& stop) {
    std::condition_variable_any stopped;
    std::unique_lock lock(mutex_);
    while (!stop.stop_requested()) {
        look();
        stopped.wait_for(lock, stop, std::chrono::seconds(1), [] { return false; });
    }
}

} // namespace tandem::lab
