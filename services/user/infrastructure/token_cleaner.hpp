#pragma once

#include "libs/kernel/task.hpp"
#include "services/user/core/refresh_tokens.hpp"

#include <chrono>

namespace tandem::user {

/// Removes expired refresh tokens every `pause`, in small bites, until it is cancelled. A bite that
/// fails is logged, and tried again soon.
Task<> clean_expired_tokens(RefreshTokens& tokens, const Clock& clock, std::chrono::milliseconds pause);

} // namespace tandem::user
