#pragma once

#include <string>

namespace tandem::order {

/// Rebuilds the projection of the database at `url` and says what it found. Blocks; gives the
/// process's exit code.
int rebuild_projection(const std::string& url);

} // namespace tandem::order
