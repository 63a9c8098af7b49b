#pragma once

#include "libs/kernel/context.hpp"
#include "services/user/core/password_hasher.hpp"
#include "services/user/core/users.hpp"
#include "services/user/domain/sign_up.hpp"

namespace tandem::user {

/// Opens accounts.
class Registration {
public:
    Registration(Users& users, PasswordHasher& hasher, const Clock& clock)
        : users_(users), hasher_(hasher), clock_(clock) {}

    /// A new customer. `conflict` when the address is taken, DeadlineExceeded when there was no time
    /// left to store it.
    Task<Result<User>> sign_up(SignUp wish, Context context, Deadline deadline);

    /// Makes sure that the account exists, as it is if it is there; announces nothing. Throws
    /// Unavailable when it cannot.
    Task<> ensure(SignUp wish, Role role);

private:
    Task<Result<NewUser>> prepare(SignUp wish, Role role);

    Users& users_;
    PasswordHasher& hasher_;
    const Clock& clock_;
};

} // namespace tandem::user
