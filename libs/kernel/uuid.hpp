#pragma once

#include "libs/kernel/time.hpp"

#include <string>

namespace tandem {

/// A UUID version 7 (RFC 9562, section 5.7) as text: millisecond time first, so that indexes stay
/// compact, then 74 random bits. Within one process later calls sort after earlier ones.
/// Safe to call from any thread.
std::string uuid_v7(Timestamp now);

/// `uuid_v7` at the present time.
std::string uuid_v7();

/// `bytes` random bytes from the operating system's generator, as lower-case hexadecimal.
std::string random_hex(std::size_t bytes);

} // namespace tandem
