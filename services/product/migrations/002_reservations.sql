-- What became of each order here; the state is the truth about all its lines. A tombstone stands
-- for an order that failed or was cancelled before it was heard of.
CREATE TABLE order_reservations (
    order_id   bigint PRIMARY KEY,
    state      text NOT NULL CHECK (state IN ('reserved', 'rejected', 'committed', 'released', 'tombstone')),
    decided_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now())
    WITH (fillfactor = 80);

-- Written once, with their order.
CREATE TABLE reservation_lines (
    order_id   bigint NOT NULL REFERENCES order_reservations (order_id) ON DELETE CASCADE,
    product_id bigint NOT NULL,
    quantity   bigint NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (order_id, product_id));

-- For people and auditors.
CREATE VIEW reservations AS
    SELECT l.order_id, l.product_id, l.quantity, r.state
    FROM reservation_lines l JOIN order_reservations r USING (order_id);
