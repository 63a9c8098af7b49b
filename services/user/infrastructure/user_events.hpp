#pragma once

#include "libs/messaging/event.hpp"
#include "services/user/domain/user.hpp"

namespace tandem::user {

/// user.user.registered: user_id, user_email, full_name.
messaging::OutgoingEvent registered_event(const User& user, Context context);

} // namespace tandem::user
