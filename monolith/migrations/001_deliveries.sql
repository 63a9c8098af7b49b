-- Events on their way to the handlers of this process: what the broker is to the microservices. A row
-- an event and queue; it is deleted when its handler is done.
CREATE TABLE deliveries (
    position    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    queue       text NOT NULL,
    event_id    uuid NOT NULL,
    routing_key text NOT NULL,
    event_type  text NOT NULL,
    body        text NOT NULL,
    traceparent text NOT NULL,
    request_id  text NOT NULL,
    attempt     integer NOT NULL DEFAULT 1,
    due_at      timestamptz NOT NULL DEFAULT now(), -- or until when a handler has it in hand
    dead_at     timestamptz,                        -- given up: a person has to look
    error       text,
    created_at  timestamptz NOT NULL DEFAULT now());
CREATE INDEX deliveries_due ON deliveries (queue, position) WHERE dead_at IS NULL;

-- News about mails; the other domains bring outboxes of their own.
CREATE TABLE outbox (
    position     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    event_id     uuid NOT NULL UNIQUE,
    routing_key  text NOT NULL,
    event_type   text NOT NULL,
    body         text NOT NULL,
    traceparent  text NOT NULL,
    request_id   text NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT now());
