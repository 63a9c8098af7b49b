#pragma once

#include "libs/async/blocking_pool.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace tandem::lab {

/// What the shop was heard to promise, a line each, on disk before anybody counts it: whatever happens to the
/// machine afterwards, the promise can be held against the shop. Use on the event loop's thread.
class PromiseJournal {
public:
    /// Begins a new file. Throws std::runtime_error when it cannot be written, as `keep` does.
    PromiseJournal(Executor executor, std::filesystem::path file);

    /// Resumes when the line is on disk (fdatasync).
    Task<> keep(std::string line);
    std::int64_t kept() const { return kept_; }

private:
    class Descriptor {
    public:
        explicit Descriptor(int value) : value_(value) {}
        ~Descriptor();
        Descriptor(const Descriptor&) = delete;
        Descriptor& operator=(const Descriptor&) = delete;
        int value() const { return value_; }

    private:
        int value_;
    };

    std::filesystem::path file_;
    Descriptor descriptor_;
    std::int64_t kept_ = 0;
    async::BlockingPool writer_; ///< last: it ends before what it writes to is closed
};

/// What a journal holds after a crash.
struct Journal {
    std::vector<std::string> lines;
    std::string torn; ///< what came after the last line feed: nobody was told that it was kept
};
Journal parse_journal(std::string_view text);

/// Cuts what is torn off the file, which auditors could not read. Throws std::runtime_error.
Journal recover_journal(const std::filesystem::path& file);

} // namespace tandem::lab
