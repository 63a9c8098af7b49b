#pragma once

#include "libs/redis/call.hpp"

#include <string>
#include <vector>

namespace tandem::redis {

/// The addresses of a host, as text. hiredis would look the name up itself, but stop the event loop
/// for as long as that takes. Throws Unavailable, DeadlineExceeded.
Task<std::vector<std::string>> look_up(Executor executor, std::string host, Clock::time_point deadline);

} // namespace tandem::redis
