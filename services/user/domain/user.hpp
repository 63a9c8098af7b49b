#pragma once

#include "libs/kernel/id.hpp"
#include "libs/kernel/time.hpp"
#include "services/user/domain/email_address.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace tandem::user {

using UserId = Id<struct User>;

enum class Role { customer, admin };
std::string_view to_string(Role role);
std::optional<Role> parse_role(std::string_view word);

/// Somebody who can sign in.
struct User {
    UserId id;
    EmailAddress email;
    std::string full_name;
    Role role = Role::customer;
    Timestamp created_at;
};

} // namespace tandem::user
