#include "payment-provider/journal.hpp"

#include "libs/telemetry/log.hpp"
#include "libs/telemetry/metrics.hpp"

#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <sys/file.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace tandem::provider {
namespace {

[[noreturn]] void throw_errno(const std::string& what) {
    throw std::runtime_error(what + ": " + std::generic_category().message(errno));
}

/// The process's own hold on the file; the lock goes when the process does, however it ends.
class File {
public:
    explicit File(const std::string& path)
        : descriptor_(::open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600)) {
        if (descriptor_ < 0) {
            throw_errno("cannot open the ledger " + path);
        }
        if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
            ::close(descriptor_);
            throw std::runtime_error("the ledger " + path + " is in use by another process");
        }
    }
    ~File() { ::close(descriptor_); }
    File(const File&) = delete;
    File& operator=(const File&) = delete;

    void write_durably(std::string_view bytes) const {
        while (!bytes.empty()) {
            const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
            if (written < 0 && errno != EINTR) {
                throw_errno("cannot write the ledger");
            }
            bytes.remove_prefix(written < 0 ? 0 : static_cast<std::size_t>(written));
        }
        if (::fdatasync(descriptor_) != 0) {
            throw_errno("cannot sync the ledger");
        }
    }

    void cut(std::int64_t size) const {
        if (::ftruncate(descriptor_, size) != 0) {
            throw_errno("cannot cut the ledger");
        }
    }

private:
    int descriptor_;
};

void add_line(const std::string& path, const std::string& line, Ledger& ledger) {
    auto entry = parse_entry(line);
    const std::int64_t expected = ledger.last_sequence() + 1;
    if (!entry || entry->sequence != expected ||
        (entry->kind == Kind::refund && ledger.charge(entry->charge) == nullptr)) {
        throw std::runtime_error("the ledger " + path + " is damaged at entry " + std::to_string(expected));
    }
    if (ledger.full()) {
        throw std::runtime_error("the ledger " + path + " holds more entries than allowed");
    }
    ledger.add(*std::move(entry));
}

/// Gives the size of the file's good part.
std::int64_t read_entries(const std::string& path, Ledger& ledger) {
    std::ifstream in(path, std::ios::binary);
    std::int64_t good = 0;
    std::string line;
    while (std::getline(in, line)) {
        const bool unfinished = in.eof();
        const bool last = unfinished || in.peek() == std::ifstream::traits_type::eof();
        const bool cut_off = unfinished || (last && !parse_entry(line));
        if (cut_off) {
            telemetry::log_warn("a last line that was cut off is removed", {{"file", path}, {"at", good}});
            return good;
        }
        add_line(path, line, ledger);
        good += static_cast<std::int64_t>(line.size()) + 1;
    }
    return good;
}

} // namespace

struct FileJournal::State {
    State(Executor executor, const std::string& path)
        : file(path), changed(executor), thread(executor, "ledger", 1, 4) {}

    File file;
    std::string waiting;
    std::int64_t appended = 0;
    std::int64_t durable = 0;
    bool writing = false;
    bool broken = false;
    async::Event changed;
    telemetry::Counter syncs = telemetry::counter("provider_ledger_syncs_total", "Writes of the ledger.");
    async::BlockingPool thread;
};

FileJournal::FileJournal(Executor executor, const std::string& path, Ledger& ledger) {
    const auto folder = std::filesystem::path(path).parent_path();
    if (!folder.empty()) {
        std::filesystem::create_directories(folder);
    }
    state_ = std::make_unique<State>(executor, path);
    state_->file.cut(read_entries(path, ledger));
    telemetry::log_info("ledger opened", {{"file", path}, {"entries", ledger.last_sequence()}});
}

FileJournal::~FileJournal() = default;

void FileJournal::append(std::string line) {
    state_->waiting += line;
    state_->waiting += '\n';
    ++state_->appended;
}

bool FileJournal::ready() const {
    return !state_->broken;
}

Task<> FileJournal::flush() {
    const std::int64_t target = state_->appended;
    while (state_->durable < target) {
        if (state_->broken) {
            throw Unavailable("the ledger cannot be written");
        }
        if (state_->writing) {
            co_await state_->changed.wait_for(std::chrono::seconds(10));
        } else {
            co_await write_batch();
        }
    }
}

Task<> FileJournal::write_batch() {
    const auto bytes = std::make_shared<std::string>(std::exchange(state_->waiting, {}));
    const std::int64_t target = state_->appended;
    const auto work = [&file = state_->file, bytes] {
        file.write_durably(*bytes);
        return true;
    };
    state_->writing = true;
    std::optional<bool> written;
    try {
        written = co_await state_->thread.run(work);
    } catch (const std::exception& error) {
        telemetry::log_error("the ledger is broken", {{"error", error.what()}});
    }
    state_->writing = false;
    state_->durable = written ? target : state_->durable;
    state_->broken = !written;
    state_->syncs.add();
    state_->changed.notify();
}

} // namespace tandem::provider
