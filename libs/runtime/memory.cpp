#include "libs/runtime/memory.hpp"

#include "libs/async/keep_going.hpp"

#include <malloc.h>

namespace tandem::runtime {
namespace {

Task<> trim_memory() {
    malloc_trim(0);
    co_return;
}

} // namespace

// A thread that allocates little (logging, AMQP) needs no arena of its own, and a block as large as a
// password hash needs (19 MiB) goes back to the system at once: without a fixed threshold glibc would
// raise it and keep such blocks.
void keep_memory_small() {
    mallopt(M_ARENA_MAX, 2);
    mallopt(M_MMAP_THRESHOLD, 1 << 20);
}

Task<> keep_trimming_memory(std::chrono::seconds interval) {
    return async::repeat("memory", interval, trim_memory);
}

} // namespace tandem::runtime
