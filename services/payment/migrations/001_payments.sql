CREATE TABLE payments (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    order_id        bigint NOT NULL UNIQUE,
    user_id         bigint NOT NULL,
    user_email      text NOT NULL,
    amount_cents    bigint NOT NULL CHECK (amount_cents > 0),
    payment_method  text NOT NULL,
    status          text NOT NULL
        CHECK (status IN ('pending', 'processed', 'failed', 'voided', 'refunding', 'refunded')),
    void_requested  boolean NOT NULL,
    attempts        bigint NOT NULL,
    refusals        bigint NOT NULL,
    due_at          timestamptz NOT NULL,
    unsettled_until timestamptz NOT NULL,
    transaction_id  text,
    reason          text,
    error_message   text,
    traceparent     text NOT NULL,
    request_id      text NOT NULL,
    revision        bigint NOT NULL DEFAULT 0,
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL,
    CONSTRAINT charged_has_transaction
        CHECK (transaction_id IS NOT NULL OR status NOT IN ('processed', 'refunding', 'refunded')),
    CONSTRAINT failed_has_reason CHECK (reason IS NOT NULL OR status <> 'failed'));
-- What a worker looks for; empty at rest.
CREATE INDEX payments_due ON payments (due_at) WHERE status IN ('pending', 'refunding');
