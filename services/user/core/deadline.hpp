#pragma once

#include <chrono>

namespace tandem::user {

/// When an answer is worthless to whoever waits for it. A write that has not begun by then never
/// begins: DeadlineExceeded, and nothing was stored. One that has begun is waited for, however late.
using Deadline = std::chrono::steady_clock::time_point;

} // namespace tandem::user
