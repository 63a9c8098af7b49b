#pragma once

#include "libs/postgres/pool.hpp"
#include "services/user/core/refresh_tokens.hpp"

namespace tandem::user {

class PostgresRefreshTokens final : public RefreshTokens {
public:
    explicit PostgresRefreshTokens(postgres::Pool& pool) : pool_(pool) {}

    Task<> open_family(UserId user, StoredToken first, Timestamp now) override;
    Task<std::optional<User>>
    rotate(std::string spent, StoredToken next, Timestamp now, Deadline begin_by) override;
    Task<> revoke_family_of(std::string fingerprint, Timestamp now) override;
    Task<bool> forget_expired(Timestamp moment) override;

private:
    postgres::Pool& pool_;
};

} // namespace tandem::user
