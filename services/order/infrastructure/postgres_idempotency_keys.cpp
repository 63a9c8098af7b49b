#include "services/order/infrastructure/postgres_idempotency_keys.hpp"

#include "libs/kernel/uuid.hpp"

#include <array>
#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/sha.h>
#include <stdexcept>

namespace tandem::order {
namespace {

using postgres::Params;
using postgres::Query;

constexpr Query claim_key{
    "order.claim_key",
    "WITH claimed AS ("
    "INSERT INTO idempotency_keys AS held (user_id, key, fingerprint, answer_status, lease, leased_until)"
    " VALUES ($1, $2, $3, $4, $5::uuid, clock_timestamp() + $6::bigint * interval '1 millisecond')"
    " ON CONFLICT (user_id, key) DO UPDATE SET lease = excluded.lease, leased_until = excluded.leased_until,"
    " answer_status = excluded.answer_status"
    " WHERE held.leased_until < clock_timestamp() AND held.fingerprint = excluded.fingerprint"
    " AND NOT EXISTS (SELECT FROM keyed_orders o WHERE o.user_id = held.user_id AND o.key = held.key)"
    " RETURNING 1) SELECT count(*) FROM claimed"};
constexpr Query look_at_key{"order.look_at_key",
                            "SELECT k.fingerprint, k.answer_status, o.order_id"
                            " FROM idempotency_keys k"
                            " LEFT JOIN keyed_orders o ON o.user_id = k.user_id AND o.key = k.key"
                            " WHERE k.user_id = $1 AND k.key = $2"};
constexpr Query release_key{
    "order.release_key",
    "DELETE FROM idempotency_keys"
    " WHERE user_id = $1 AND key = $2 AND lease = $3::uuid"
    // A slower holder of an earlier lease may have stored its order by now.
    " AND NOT EXISTS (SELECT FROM keyed_orders o WHERE o.user_id = $1 AND o.key = $2)"};

// NOT EXISTS may be answered by reading all of keyed_orders; a scalar is looked up key by key.
constexpr Query forget_keys{
    "order.forget_keys",
    "WITH abandoned AS (SELECT k.user_id, k.key FROM idempotency_keys k"
    " WHERE k.leased_until BETWEEN now() - interval '3 days' AND now() - interval '1 day'"
    " AND (SELECT o.order_id FROM keyed_orders o WHERE o.user_id = k.user_id AND o.key = k.key) IS NULL"
    " LIMIT $1::bigint FOR UPDATE OF k SKIP LOCKED)"
    " DELETE FROM idempotency_keys k USING abandoned a WHERE k.user_id = a.user_id AND k.key = a.key"};

} // namespace

Task<Claim> PostgresIdempotencyKeys::claim(IdempotencyKey key,
                                           std::string request,
                                           int answer_status,
                                           Deadline begin_by) {
    std::string fingerprint = sha256_hex(request);
    std::string lease = uuid_v7();
    const bool claimed = co_await try_claim(key, fingerprint, answer_status, lease, begin_by);
    if (claimed) {
        co_return Claim{Claim::Kind::claimed, OrderId(), answer_status, std::move(lease)};
    }
    Claim found = co_await look(std::move(key), std::move(fingerprint), begin_by);
    co_return found;
}

Task<Claim> PostgresIdempotencyKeys::look(IdempotencyKey key, std::string fingerprint, Deadline deadline) {
    Params params(key.user, key.key);
    const auto rows = co_await pool_.query(look_at_key, std::move(params), deadline);
    if (rows.empty()) { // released just now
        co_return Claim{Claim::Kind::running, OrderId(), 0, ""};
    }
    const postgres::Row row = rows[0];
    if (row.text(0) != fingerprint) {
        co_return Claim{Claim::Kind::other_request, OrderId(), 0, ""};
    }
    const OrderId order(row.optional_integer(2).value_or(0));
    const auto kind = order != OrderId() ? Claim::Kind::answered : Claim::Kind::running;
    co_return Claim{kind, order, static_cast<int>(row.integer(1)), ""};
}

Task<bool> PostgresIdempotencyKeys::try_claim(
    IdempotencyKey key, std::string fingerprint, int answer_status, std::string lease, Deadline begin_by) {
    std::vector<postgres::Statement> unit{
        {claim_key, Params(key.user, key.key, fingerprint, answer_status, lease, lease_.count())}};
    const auto results = co_await pool_.execute(std::move(unit), postgres::BeginBy{begin_by});
    co_return results.at(0)[0].integer(0) == 1;
}

Task<> PostgresIdempotencyKeys::release(IdempotencyKey key, std::string lease) {
    std::vector<postgres::Statement> unit{{release_key, Params(key.user, key.key, lease)}};
    co_await pool_.execute(std::move(unit));
}

postgres::Forgetting abandoned_keys() {
    postgres::Forgetting keys;
    keys.what = "idempotency keys";
    keys.bite = {forget_keys, Params(keys.bite_rows_max)};
    return keys;
}

std::string sha256_hex(std::string_view text) {
    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
    if (EVP_Digest(text.data(), text.size(), digest.data(), nullptr, EVP_sha256(), nullptr) != 1) {
        throw std::runtime_error("SHA-256 is not available");
    }
    return fmt::format("{:02x}", fmt::join(digest, ""));
}

} // namespace tandem::order
