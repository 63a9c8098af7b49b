#pragma once

#include <sys/types.h>
#include <vector>

namespace tandem::lab {

/// A process and all that descend from it, by /proc: a database server is many processes. `root` first.
std::vector<pid_t> process_tree(pid_t root);

/// Sends the signal to each; those that are gone are passed over.
void signal_all(const std::vector<pid_t>& processes, int signal);

} // namespace tandem::lab
