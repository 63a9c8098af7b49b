#pragma once

#include "tools/tandem/part.hpp"

namespace tandem::local {

/// Asks a part itself; takes at most about a second.
bool is_ready(const Probe& probe);

} // namespace tandem::local
