#pragma once

#include "libs/kernel/task.hpp"

#include <chrono>

namespace tandem::async {

/// Suspends the calling task. Throws boost::system::system_error (operation_aborted) when the task
/// is cancelled meanwhile, which unwinds it.
Task<> sleep_for(std::chrono::nanoseconds duration);

} // namespace tandem::async
