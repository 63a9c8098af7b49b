CREATE SEQUENCE order_ids;

-- The truth about every order, and the outbox: a row with a routing key is to be published.
-- (order_id, version) makes two writers of one order collide instead of overwrite each other.
CREATE TABLE order_events (
    order_id     bigint NOT NULL,
    version      integer NOT NULL CHECK (version > 0),
    position     bigint GENERATED ALWAYS AS IDENTITY,
    event_id     uuid NOT NULL,
    event_type   text NOT NULL,
    routing_key  text,
    body         text NOT NULL,
    traceparent  text NOT NULL,
    request_id   text NOT NULL,
    created_at   timestamptz NOT NULL,
    published_at timestamptz,
    PRIMARY KEY (order_id, version)
) WITH (fillfactor = 80);
CREATE INDEX order_events_unpublished ON order_events (position)
    WHERE routing_key IS NOT NULL AND published_at IS NULL;

-- What follows from the events: written in the same transaction, and again by --rebuild-projection.
CREATE TABLE orders (
    id                     bigint PRIMARY KEY,
    version                integer NOT NULL,
    user_id                bigint NOT NULL,
    user_email             text NOT NULL,
    status                 text NOT NULL CHECK (status IN
        ('pending', 'processing', 'paid', 'shipped', 'delivered', 'failed', 'cancelled')),
    reason                 text,
    error_message          text NOT NULL,
    total_cents            bigint NOT NULL CHECK (total_cents >= 0),
    item_count             integer NOT NULL CHECK (item_count > 0),
    payment_method         text NOT NULL,
    shipping_address       text,
    payment_id             bigint,
    payment_amount_cents   bigint,
    payment_status         text,
    payment_transaction_id text,
    payment_created_at     timestamptz,
    created_at             timestamptz NOT NULL,
    updated_at             timestamptz NOT NULL
) WITH (fillfactor = 80);
CREATE INDEX orders_of_user ON orders (user_id, created_at DESC, id DESC);
CREATE INDEX orders_open ON orders (created_at) WHERE status IN ('pending', 'processing');

CREATE TABLE order_items (
    order_id     bigint NOT NULL,
    line         integer NOT NULL,
    product_id   bigint NOT NULL,
    product_name text NOT NULL,
    quantity     integer NOT NULL CHECK (quantity BETWEEN 1 AND 999),
    price_cents  bigint NOT NULL CHECK (price_cents >= 0),
    PRIMARY KEY (order_id, line)
);

-- How long a checkout took. A measurement, so not part of the projection; once it is there, the
-- checkout was answered.
CREATE TABLE order_timings (
    order_id               bigint PRIMARY KEY,
    processing_duration_ms bigint NOT NULL
);

CREATE TABLE notifications (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id    bigint NOT NULL,
    order_id   bigint NOT NULL,
    type       text NOT NULL,
    message    text NOT NULL,
    read       boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL
);
CREATE INDEX notifications_of_user ON notifications (user_id, id DESC);

-- Who works under a key, and until when nobody else may.
CREATE TABLE idempotency_keys (
    user_id       bigint NOT NULL,
    key           text NOT NULL,
    fingerprint   text NOT NULL,
    answer_status integer NOT NULL,
    lease         uuid NOT NULL,
    leased_until  timestamptz NOT NULL,
    PRIMARY KEY (user_id, key)
);

-- Which order a key stands for. Stored with the order: a second order under the key cannot be.
CREATE TABLE keyed_orders (
    user_id  bigint NOT NULL,
    key      text NOT NULL,
    order_id bigint NOT NULL,
    CONSTRAINT one_order_per_key PRIMARY KEY (user_id, key)
);

CREATE TABLE inbox (
    event_id    uuid PRIMARY KEY,
    received_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX inbox_by_age ON inbox (received_at);
