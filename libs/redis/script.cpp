#include "libs/redis/script.hpp"

#include <array>
#include <fmt/ranges.h>
#include <openssl/evp.h>
#include <span>
#include <stdexcept>

namespace tandem::redis {
namespace {

std::string sha1_of(const std::string& text) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    if (EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha1(), nullptr) != 1) {
        throw std::runtime_error("OpenSSL cannot compute a SHA-1");
    }
    return fmt::format("{:02x}", fmt::join(std::span(digest).first(size), ""));
}

} // namespace

Script::Script(std::string text) : text_(std::move(text)), sha1_(sha1_of(text_)) {}

} // namespace tandem::redis
