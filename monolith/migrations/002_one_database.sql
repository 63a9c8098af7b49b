-- In one database a cart shows the catalog itself, not what it was told of it.
DROP TABLE carts.products;
CREATE VIEW carts.products AS
    SELECT id AS product_id, name, image_url, price_cents, deleted_at IS NOT NULL AS deleted,
           updated_at AS changed_at
    FROM catalog.products;

-- Both shops pay at one card network, which knows orders by their numbers: keep them apart.
ALTER SEQUENCE orders.order_ids RESTART WITH 1000000001;
