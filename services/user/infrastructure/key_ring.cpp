#include "services/user/infrastructure/key_ring.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <sys/stat.h>
#include <unistd.h>

namespace tandem::user {
namespace {

[[noreturn]] void give_up(const std::string& path, std::string_view problem) {
    throw std::runtime_error(fmt::format("signing key {}: {}", path, problem));
}

void write_all(int file, const std::string& path, std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = ::write(file, text.data(), text.size());
        if (written < 0) {
            give_up(path, std::strerror(errno));
        }
        text.remove_prefix(static_cast<std::size_t>(written));
    }
}

/// Removes the draft of a key file, whatever happens.
class Draft {
public:
    explicit Draft(std::string path) : path_(std::move(path)), file_(::mkstemp(path_.data())) {
        if (file_ < 0) {
            give_up(path_, std::strerror(errno));
        }
    }
    Draft(const Draft&) = delete;
    Draft& operator=(const Draft&) = delete;
    ~Draft() {
        ::close(file_);
        ::unlink(path_.c_str());
    }
    int file() const { return file_; }
    const std::string& path() const { return path_; }

private:
    std::string path_; // mkstemp makes it with mode 0600
    int file_;
};

/// A hard link appears whole or not at all, and never replaces what is there.
void create_unless_there(const std::string& path) {
    const std::filesystem::path folder = std::filesystem::path(path).parent_path();
    if (!folder.empty()) {
        std::filesystem::create_directories(folder);
    }
    const Draft draft(path + ".XXXXXX");
    write_all(draft.file(), path, auth::SigningKey::generate().to_pem());
    if (::fsync(draft.file()) != 0) {
        give_up(path, std::strerror(errno));
    }
    if (::link(draft.path().c_str(), path.c_str()) != 0 && errno != EEXIST) {
        give_up(path, std::strerror(errno));
    }
}

auth::SigningKey read_key(const std::string& path) {
    const std::ifstream file(path);
    if (!file) {
        give_up(path, std::strerror(errno));
    }
    std::ostringstream text;
    text << file.rdbuf();
    try {
        return auth::SigningKey::from_pem(text.str());
    } catch (const std::runtime_error& error) {
        give_up(path, error.what());
    }
}

} // namespace

KeyRing KeyRing::load(const std::vector<std::string>& paths) {
    if (paths.empty()) {
        throw std::runtime_error("no signing key file is named");
    }
    if (!std::filesystem::exists(paths.front())) {
        create_unless_there(paths.front());
    }
    std::vector<auth::SigningKey> keys;
    for (const std::string& path : paths) {
        keys.push_back(read_key(path));
    }
    return KeyRing(std::move(keys));
}

KeyRing::KeyRing(std::vector<auth::SigningKey> keys) : keys_(std::move(keys)) {
    std::vector<std::string> published;
    for (const auth::SigningKey& key : keys_) {
        published.push_back(key.public_jwk());
    }
    jwks_ = auth::jwks_document(published);
}

} // namespace tandem::user
