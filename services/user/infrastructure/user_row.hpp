#pragma once

#include "libs/postgres/rows.hpp"
#include "services/user/domain/user.hpp"

namespace tandem::user {

/// From the columns id, email, full_name, role, created_at, which a SELECT lists first.
User read_user(postgres::Row row);

} // namespace tandem::user
