-- What this service knows of the catalog, from product.changed and, before its first, from a question.
CREATE TABLE products (
    product_id  bigint PRIMARY KEY,
    name        text NOT NULL,
    image_url   text,
    price_cents bigint NOT NULL CHECK (price_cents >= 0),
    deleted     boolean NOT NULL,
    changed_at  timestamptz NOT NULL);

-- Locked first by every change of a cart, so that the changes of one cart follow one another.
CREATE TABLE carts (
    user_id    bigint PRIMARY KEY,
    changed_at timestamptz NOT NULL DEFAULT now());

CREATE TABLE cart_items (
    id                   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id              bigint NOT NULL,
    product_id           bigint NOT NULL,
    quantity             integer NOT NULL CONSTRAINT quantity_in_range CHECK (quantity BETWEEN 1 AND 999),
    price_snapshot_cents bigint NOT NULL,
    CONSTRAINT one_line_per_product UNIQUE (user_id, product_id));

-- Orders whose pieces have left the cart.
CREATE TABLE purchases (
    order_id  bigint PRIMARY KEY,
    user_id   bigint NOT NULL,
    taken_at  timestamptz NOT NULL DEFAULT now());

CREATE TABLE inbox (
    event_id    uuid PRIMARY KEY,
    received_at timestamptz NOT NULL DEFAULT now());
