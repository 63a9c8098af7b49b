#pragma once

#include "libs/async/sleep.hpp"
#include "payment-provider/journal.hpp"

#include <string>
#include <vector>

namespace tandem::provider {

/// Keeps lines in memory; flushing takes a turn of the event loop, as a disk would.
class MemoryJournal final : public Journal {
public:
    void append(std::string line) override { lines.push_back(std::move(line)); }
    Task<> flush() override {
        co_await async::sleep_for(std::chrono::nanoseconds(0));
        if (broken) {
            throw Unavailable("broken");
        }
        durable = lines.size();
    }
    bool ready() const override { return !broken; }

    std::vector<std::string> lines;
    std::size_t durable = 0;
    bool broken = false;
};

} // namespace tandem::provider
