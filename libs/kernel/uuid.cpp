#include "libs/kernel/uuid.hpp"

#include <array>
#include <cstdint>
#include <mutex>
#include <openssl/rand.h>
#include <span>
#include <stdexcept>

namespace tandem {
namespace {

void fill_random(std::span<unsigned char> bytes) {
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) {
        throw std::runtime_error("the operating system gave no random bytes");
    }
}

std::string hex(std::span<const unsigned char> bytes) {
    static constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const unsigned char byte : bytes) {
        text.push_back(digits[byte >> 4U]);
        text.push_back(digits[byte & 15U]);
    }
    return text;
}

/// Milliseconds and a 12-bit counter (RFC 9562, section 6.2, method 1), never going back.
std::uint64_t next_tick(std::uint64_t now_ms) {
    static std::mutex mutex;
    static std::uint64_t last = 0;
    const std::lock_guard lock(mutex);
    const std::uint64_t fresh = now_ms << 12U;
    last = fresh > last ? fresh : last + 1;
    return last;
}

} // namespace

std::string uuid_v7(Timestamp now) {
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch()).count();
    const std::uint64_t tick = next_tick(static_cast<std::uint64_t>(ms));
    const std::uint64_t time_ms = tick >> 12U;
    const std::uint64_t counter = tick & 0xFFFU;

    std::array<unsigned char, 16> bytes{};
    fill_random(std::span(bytes).subspan(8));
    for (unsigned i = 0; i < 6; ++i) {
        bytes.at(i) = static_cast<unsigned char>(time_ms >> (40U - 8U * i));
    }
    bytes[6] = static_cast<unsigned char>(0x70U | (counter >> 8U));
    bytes[7] = static_cast<unsigned char>(counter);
    bytes[8] = static_cast<unsigned char>(0x80U | (bytes[8] & 0x3FU));

    std::string text = hex(bytes);
    for (const std::size_t dash : {8U, 13U, 18U, 23U}) {
        text.insert(dash, 1, '-');
    }
    return text;
}

std::string uuid_v7() {
    return uuid_v7(SystemClock().now());
}

std::string random_hex(std::size_t bytes) {
    std::string buffer(bytes, '\0');
    fill_random({reinterpret_cast<unsigned char*>(buffer.data()), buffer.size()});
    return hex({reinterpret_cast<const unsigned char*>(buffer.data()), buffer.size()});
}

} // namespace tandem
