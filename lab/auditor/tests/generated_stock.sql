INSERT INTO products (id, name, description, price_cents)
    SELECT product_id, 'Product ' || product_id, '', cents FROM prices;
INSERT INTO order_reservations (order_id, state, decided_at, updated_at)
    SELECT p.order_id, f.state, p.placed, p.placed
    FROM plan p JOIN (VALUES ('paid', 'committed'), ('shipped', 'committed'), ('cancelled', 'released'),
                             ('declined', 'released'), ('out_of_stock', 'rejected')) f (fate, state) ON f.fate = p.fate
    ORDER BY p.order_id;
INSERT INTO reservation_lines
    SELECT order_id, product, quantity FROM plan WHERE fate <> 'out_of_stock'
    UNION ALL
    SELECT order_id, second_product, 1 FROM plan WHERE fate <> 'out_of_stock' AND second_product IS NOT NULL;
INSERT INTO stock (product_id, initial, restocked, available, reserved, sold)
    SELECT c.product_id, 10000000, 500, 10000500 - coalesce(s.sold, 0), 0, coalesce(s.sold, 0)
    FROM prices c LEFT JOIN (SELECT product_id, sum(quantity)::bigint AS sold FROM reservations
                             WHERE state = 'committed' GROUP BY product_id) s ON s.product_id = c.product_id;
