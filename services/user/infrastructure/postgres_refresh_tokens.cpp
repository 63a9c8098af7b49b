#include "services/user/infrastructure/postgres_refresh_tokens.hpp"

#include "libs/telemetry/log.hpp"
#include "services/user/infrastructure/user_row.hpp"

namespace tandem::user {
namespace {

constexpr std::int64_t forget_max = 1'000;

constexpr postgres::Query insert_family{
    "refresh.open_family",
    "WITH family AS (INSERT INTO refresh_families (user_id, created_at, expires_at)"
    " VALUES ($1, $2::timestamptz, $3::timestamptz) RETURNING id)"
    " INSERT INTO refresh_tokens (fingerprint, family_id, expires_at)"
    " SELECT $4::text, family.id, $3::timestamptz FROM family"};

// One statement finds and spends: two callers with the same token meet at the row's lock, and the
// second sees it spent.
constexpr postgres::Query spend_and_replace{
    "refresh.rotate",
    "WITH spent AS ("
    "  UPDATE refresh_tokens SET spent_at = $3::timestamptz FROM refresh_families"
    "   WHERE fingerprint = $1::text AND spent_at IS NULL AND refresh_tokens.expires_at > $3::timestamptz"
    "     AND refresh_families.id = family_id AND revoked_at IS NULL"
    "   RETURNING family_id, user_id),"
    " next AS ("
    "  INSERT INTO refresh_tokens (fingerprint, family_id, expires_at)"
    "  SELECT $2::text, family_id, $4::timestamptz FROM spent),"
    " prolonged AS ("
    "  UPDATE refresh_families SET expires_at = $4::timestamptz FROM spent WHERE id = family_id)"
    " SELECT users.id, email, full_name, role, created_at FROM spent JOIN users ON users.id = user_id"};

// Runs behind spend_and_replace in its transaction: does nothing if that one stored the next token.
constexpr postgres::Query revoke_if_reused{
    "refresh.revoke_reused",
    "UPDATE refresh_families SET revoked_at = $3::timestamptz"
    " WHERE id = (SELECT family_id FROM refresh_tokens WHERE fingerprint = $1::text AND spent_at IS NOT NULL)"
    "   AND revoked_at IS NULL"
    "   AND NOT EXISTS (SELECT FROM refresh_tokens WHERE fingerprint = $2::text)"
    " RETURNING id, user_id"};

constexpr postgres::Query revoke_family{
    "refresh.revoke",
    "UPDATE refresh_families SET revoked_at = $2::timestamptz"
    " WHERE id = (SELECT family_id FROM refresh_tokens WHERE fingerprint = $1::text) AND revoked_at IS NULL"};

constexpr postgres::Query forget_tokens{
    "refresh.forget_tokens",
    "DELETE FROM refresh_tokens WHERE fingerprint IN"
    " (SELECT fingerprint FROM refresh_tokens WHERE expires_at < $1::timestamptz LIMIT $2::bigint)"};

constexpr postgres::Query forget_families{
    "refresh.forget_families",
    "DELETE FROM refresh_families WHERE id IN"
    " (SELECT id FROM refresh_families WHERE expires_at < $1::timestamptz LIMIT $2::bigint)"};

} // namespace

Task<> PostgresRefreshTokens::open_family(UserId user, StoredToken first, Timestamp now) {
    std::vector<postgres::Statement> unit;
    unit.push_back({insert_family, postgres::Params(user, now, first.expires_at, first.fingerprint)});
    co_await pool_.execute(std::move(unit));
}

Task<std::optional<User>>
PostgresRefreshTokens::rotate(std::string spent, StoredToken next, Timestamp now, Deadline begin_by) {
    std::vector<postgres::Statement> unit;
    unit.push_back({spend_and_replace, postgres::Params(spent, next.fingerprint, now, next.expires_at)});
    unit.push_back({revoke_if_reused, postgres::Params(spent, next.fingerprint, now)});
    const auto results = co_await pool_.execute(std::move(unit), postgres::BeginBy{begin_by});
    for (const postgres::Row family : results[1]) {
        telemetry::log_warn("spent refresh token seen again, its family is revoked",
                            {{"family_id", family.integer(0)}, {"user_id", family.integer(1)}});
    }
    co_return results[0].empty() ? std::nullopt : std::optional(read_user(results[0][0]));
}

Task<> PostgresRefreshTokens::revoke_family_of(std::string fingerprint, Timestamp now) {
    std::vector<postgres::Statement> unit;
    unit.push_back({revoke_family, postgres::Params(fingerprint, now)});
    co_await pool_.execute(std::move(unit));
}

Task<bool> PostgresRefreshTokens::forget_expired(Timestamp moment) {
    std::vector<postgres::Statement> unit;
    unit.push_back({forget_tokens, postgres::Params(moment, forget_max)});
    unit.push_back({forget_families, postgres::Params(moment, forget_max)});
    const auto results = co_await pool_.execute(std::move(unit));
    co_return results[0].affected() == forget_max || results[1].affected() == forget_max;
}

} // namespace tandem::user
