#pragma once

#include "libs/async/blocking_pool.hpp"
#include "libs/async/event.hpp"
#include "libs/kernel/task.hpp"
#include "libs/kernel/unavailable.hpp"
#include "payment-provider/ledger.hpp"

#include <cstdint>
#include <memory>
#include <string>

namespace tandem::provider {

/// Where entries are kept for good.
class Journal {
public:
    virtual ~Journal() = default;
    /// Takes the line at once, in the order of the calls. Not yet durable: see `flush`.
    virtual void append(std::string line) = 0;
    /// Resumes when everything appended so far is durable. Throws Unavailable when that failed;
    /// then the journal stays broken until the process starts again.
    virtual Task<> flush() = 0;
    virtual bool ready() const = 0;
};

/// A file of JSON lines, only ever appended to. Tasks that flush at the same time share one write
/// and one fdatasync on a thread: one batch at a time, and what arrives meanwhile is the next.
/// Destroy it before the io_context; use on the event loop's thread.
class FileJournal final : public Journal {
public:
    /// Opens `path`, or creates it, and reads its entries into `ledger`. A last line that a crash
    /// cut off is removed: nobody had an answer about it. Throws std::runtime_error when the file
    /// cannot be used, is in use by another process, or holds anything else.
    FileJournal(Executor executor, const std::string& path, Ledger& ledger);
    ~FileJournal() override;

    void append(std::string line) override;
    Task<> flush() override;
    bool ready() const override;

private:
    struct State;
    Task<> write_batch();

    std::unique_ptr<State> state_;
};

} // namespace tandem::provider
