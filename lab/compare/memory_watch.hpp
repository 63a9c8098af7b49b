#pragma once

#include "lab/compare/process_usage.hpp"

#include <mutex>
#include <thread>

namespace tandem::lab {

/// Looks at the memory of some parts each second, on a thread of its own, from construction to `peak`.
class MemoryWatch {
public:
    explicit MemoryWatch(std::vector<SupervisedPart> parts);

    /// The most of each kind that was seen, a last look included. Ends the watch.
    ByKind peak();

private:
    void look();
    void watch(const std::stop_token& stop);

    std::vector<SupervisedPart> parts_;
    std::mutex mutex_;
    ByKind peak_;
    std::jthread thread_; ///< last: it uses the others
};

} // namespace tandem::lab
