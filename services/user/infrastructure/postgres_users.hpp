#pragma once

#include "libs/postgres/pool.hpp"
#include "services/user/core/users.hpp"

#include <functional>

namespace tandem::user {

/// Users in PostgreSQL; new ones are announced as user.user.registered through the outbox.
class PostgresUsers final : public Users {
public:
    /// `on_stored` is called after each commit that put an event into the outbox.
    PostgresUsers(postgres::Pool& pool, std::function<void()> on_stored)
        : pool_(pool), on_stored_(std::move(on_stored)) {}

    Task<Result<User>> add(NewUser user, Context context, Deadline begin_by) override;
    Task<> add_if_absent(NewUser user) override;
    Task<std::optional<User>> find(UserId id) override;
    Task<std::optional<Credentials>> find_credentials(EmailAddress email) override;
    Task<> replace_password_hash(UserId id, std::string before, std::string after) override;

private:
    Task<Result<User>> store(User user, std::string password_hash, Context context, Deadline begin_by);

    postgres::Pool& pool_;
    std::function<void()> on_stored_;
};

} // namespace tandem::user
