-- Keys whose holder died are looked for among those of a few days, not among all that ever were.
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (leased_until);
