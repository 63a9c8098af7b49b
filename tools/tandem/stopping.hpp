#pragma once

#include "tools/tandem/screen.hpp"
#include "tools/tandem/supervisor.hpp"

#include <string>
#include <vector>

namespace tandem::local {

/// Stops programs side by side and waits until all are down. Those that supervisord does not know
/// are skipped.
void stop_programs(const Supervisor& supervisor, const std::vector<std::string>& names);

/// Whatever was stopped by a signal (SIGSTOP) goes on: the parts that supervisord started, and all that they
/// started.
void wake_all(const Supervisor& supervisor);

/// Ends what is left of this shop when its supervisord was killed: asks first, insists after a
/// minute. Only processes that name this state folder.
void stop_orphans(const Shop& shop, Screen& screen);

} // namespace tandem::local
