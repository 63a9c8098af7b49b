#include "tools/tandem/files.hpp"

#include "tools/tandem/problem.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <deque>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <sys/stat.h>
#include <unistd.h>

namespace tandem::local {

std::string read_file(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream) {
        give_up("cannot read {}: {}", file.string(), std::strerror(errno));
    }
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

std::string log_end(const std::filesystem::path& file, std::size_t lines) {
    constexpr std::streamoff bytes_max = 256 * 1024;
    constexpr std::size_t line_size_max = 300;
    std::ifstream stream(file, std::ios::binary | std::ios::ate);
    if (!stream) {
        return {};
    }
    const std::streamoff size = stream.tellg();
    stream.seekg(std::max<std::streamoff>(0, size - bytes_max));
    std::deque<std::string> kept;
    for (std::string line; std::getline(stream, line);) {
        if (line.find("\"path\":\"/health") != std::string::npos) {
            continue;
        }
        kept.push_back(line.size() > line_size_max ? line.substr(0, line_size_max) + "..." : line);
        if (kept.size() > lines) {
            kept.pop_front();
        }
    }
    return fmt::format("{}", fmt::join(kept, "\n"));
}

std::int64_t modified_s(const std::filesystem::path& file) {
    struct stat status{};
    return ::stat(file.c_str(), &status) == 0 ? status.st_mtim.tv_sec : 0;
}

void write_file(const std::filesystem::path& file, std::string_view text, unsigned mode) {
    const std::string temporary = file.string() + ".new";
    ::unlink(temporary.c_str());
    const int descriptor = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    bool written = descriptor >= 0 && ::fchmod(descriptor, mode) == 0;
    while (written && !text.empty()) {
        const ssize_t count = ::write(descriptor, text.data(), text.size());
        written = count > 0;
        text.remove_prefix(written ? static_cast<std::size_t>(count) : 0);
    }
    const int why = errno;
    if (descriptor >= 0) {
        ::close(descriptor);
    }
    if (!written || ::rename(temporary.c_str(), file.c_str()) != 0) {
        give_up("cannot write {}: {}", file.string(), std::strerror(written ? errno : why));
    }
}

} // namespace tandem::local
