#pragma once

#include "libs/kernel/task.hpp"

#include <chrono>

namespace tandem::runtime {

/// Sets glibc's allocator up for a process of one busy thread; see mallopt(3). Call once, early.
void keep_memory_small();

/// Gives back to the system, again and again, what the allocator keeps free after a busy time; see
/// malloc_trim(3). Takes about a millisecond each time. Runs until it is cancelled.
Task<> keep_trimming_memory(std::chrono::seconds interval);

} // namespace tandem::runtime
