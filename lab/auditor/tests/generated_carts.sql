INSERT INTO purchases (order_id, user_id, taken_at) SELECT order_id, user_id, placed FROM plan ORDER BY order_id;
