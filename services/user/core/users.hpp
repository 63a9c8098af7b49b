#pragma once

#include "libs/kernel/context.hpp"
#include "libs/kernel/result.hpp"
#include "libs/kernel/task.hpp"
#include "services/user/core/deadline.hpp"
#include "services/user/domain/user.hpp"

#include <optional>
#include <string>

namespace tandem::user {

struct NewUser {
    EmailAddress email;
    std::string full_name;
    Role role = Role::customer;
    std::string password_hash;
    Timestamp created_at;
};

/// A user together with the secret that proves the identity; it never leaves the core.
struct Credentials {
    User user;
    std::string password_hash;
};

/// Keeps users. It throws when it cannot be reached.
class Users {
public:
    virtual ~Users() = default;

    /// Stores the user and announces it (user.registered): both happen, or neither does. `conflict`
    /// when the address is taken.
    virtual Task<Result<User>> add(NewUser user, Context context, Deadline begin_by) = 0;
    /// Stores the user unless the address is taken, and announces nothing.
    virtual Task<> add_if_absent(NewUser user) = 0;

    virtual Task<std::optional<User>> find(UserId id) = 0;
    virtual Task<std::optional<Credentials>> find_credentials(EmailAddress email) = 0;
    /// Does nothing when the hash is no longer `before`.
    virtual Task<> replace_password_hash(UserId id, std::string before, std::string after) = 0;
};

} // namespace tandem::user
