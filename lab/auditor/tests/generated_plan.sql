-- What orders {first} to {last} bought and what became of them, by arithmetic, so that each database can
-- be filled on its own.
CREATE TEMP VIEW prices AS SELECT p AS product_id, 100 + p * 7 AS cents FROM generate_series(1, 100) p;
CREATE TEMP VIEW plan AS
    SELECT n.order_id, n.order_id % 1000 + 1 AS user_id, n.product, n.quantity, n.second_product,
           100 + n.product * 7 AS price, 100 + n.second_product * 7 AS second_price,
           n.quantity * (100 + n.product * 7) + coalesce(100 + n.second_product * 7, 0) AS total,
           (ARRAY['paid', 'paid', 'paid', 'paid', 'paid', 'paid', 'declined', 'shipped', 'cancelled', 'out_of_stock'])
               [1 + n.order_id % 10] AS fate,
           timestamptz '2026-01-01 00:00:00Z' + (n.order_id % 1000000000) * interval '10 ms' AS placed
    FROM (SELECT i AS order_id, 1 + i % 100 AS product, 1 + i % 3 AS quantity,
                 CASE WHEN i % 4 = 0 THEN 1 + (i + 50) % 100 END AS second_product
          FROM generate_series({first}::bigint, {last}::bigint) i) n;
