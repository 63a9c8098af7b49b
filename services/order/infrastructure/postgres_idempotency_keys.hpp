#pragma once

#include "libs/postgres/forgetting.hpp"
#include "services/order/core/idempotency_keys.hpp"

#include <string>

namespace tandem::order {

/// Claims are rows of `idempotency_keys`; which order a key stands for is in `keyed_orders`, stored
/// with the order: from then on the key is answered, whatever becomes of the process that holds it. Of the
/// request only its SHA-256 is kept.
class PostgresIdempotencyKeys final : public IdempotencyKeys {
public:
    /// `lease`: how long a claim keeps others away when its holder never comes back.
    PostgresIdempotencyKeys(postgres::Pool& pool, std::chrono::milliseconds lease)
        : pool_(pool), lease_(lease) {}

    Task<Claim> claim(IdempotencyKey key, std::string request, int answer_status, Deadline begin_by) override;
    Task<> release(IdempotencyKey key, std::string lease) override;

private:
    Task<Claim> look(IdempotencyKey key, std::string fingerprint, Deadline deadline);
    Task<bool> try_claim(
        IdempotencyKey key, std::string fingerprint, int answer_status, std::string lease, Deadline begin_by);

    postgres::Pool& pool_;
    std::chrono::milliseconds lease_;
};

/// Keys under which nothing was stored before their lease ended, one to three days ago: their holder
/// died, and nobody asks again. Only of those days, for all but a few of the older keys stand for an
/// order and stay; a key that outlasts them, because no process ran, does no harm.
postgres::Forgetting abandoned_keys();

/// SHA-256 (FIPS 180-4) in lower-case hexadecimal.
std::string sha256_hex(std::string_view text);

} // namespace tandem::order
