#include "lab/chaos/promise_journal.hpp"

#include <cerrno>
#include <fcntl.h>
#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string.h>
#include <unistd.h>

namespace tandem::lab {
namespace {

[[noreturn]] void cannot(const char* what, const std::filesystem::path& file) {
    throw std::runtime_error(fmt::format("cannot {} {}: {}", what, file.string(), ::strerror(errno)));
}

void write_all(int descriptor, std::string_view text, const std::filesystem::path& file) {
    while (!text.empty()) {
        const ssize_t written = ::write(descriptor, text.data(), text.size());
        if (written < 0 && errno != EINTR) {
            cannot("write", file);
        }
        text.remove_prefix(written < 0 ? 0 : static_cast<std::size_t>(written));
    }
    if (::fdatasync(descriptor) != 0) {
        cannot("sync", file);
    }
}

int open_new(const std::filesystem::path& file) {
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600);
    if (descriptor < 0) {
        cannot("open", file);
    }
    return descriptor;
}

constexpr std::size_t waiting_max = 100'000;

} // namespace

PromiseJournal::PromiseJournal(Executor executor, std::filesystem::path file)
    : file_(std::move(file)), descriptor_(open_new(file_)), writer_(executor, "promises", 1, waiting_max) {}

PromiseJournal::Descriptor::~Descriptor() {
    ::close(value_);
}

Task<> PromiseJournal::keep(std::string line) {
    line += '\n';
    const std::optional<int> done = co_await writer_.run([this, line = std::move(line)] {
        write_all(descriptor_.value(), line, file_);
        return 0;
    });
    if (!done) {
        throw std::runtime_error("more promises wait to be written down than there is room for");
    }
    ++kept_;
}

Journal parse_journal(std::string_view text) {
    Journal journal;
    for (auto end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
        journal.lines.emplace_back(text.substr(0, end));
        text.remove_prefix(end + 1);
    }
    journal.torn = text;
    return journal;
}

Journal recover_journal(const std::filesystem::path& file) {
    std::ifstream stream(file);
    if (!stream) {
        cannot("read", file);
    }
    const std::string text(std::istreambuf_iterator<char>(stream), {});
    Journal journal = parse_journal(text);
    if (!journal.torn.empty()) {
        std::filesystem::resize_file(file, text.size() - journal.torn.size());
    }
    return journal;
}

} // namespace tandem::lab
