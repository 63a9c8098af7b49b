CREATE TEMP TABLE steps (fate text, version integer, type text, routing_key text, template text, about integer);
INSERT INTO steps VALUES
    ('paid', 1, 'order.created', 'order.order.created', NULL, NULL),
    ('paid', 2, 'order.processing', NULL, NULL, NULL),
    ('paid', 3, 'order.paid', 'order.order.paid', NULL, NULL),
    ('paid', 4, 'email.sent', NULL, 'order_paid', 3),
    ('shipped', 5, 'order.shipped', 'order.order.shipped', NULL, NULL),
    ('shipped', 6, 'email.sent', NULL, 'order_shipped', 5),
    ('cancelled', 5, 'order.cancelled', 'order.order.cancelled', NULL, NULL),
    ('cancelled', 6, 'payment.refunded', NULL, NULL, NULL),
    ('cancelled', 7, 'stock.released', NULL, NULL, NULL),
    ('cancelled', 8, 'email.sent', NULL, 'order_cancelled', 5),
    ('declined', 1, 'order.created', 'order.order.created', NULL, NULL),
    ('declined', 2, 'order.processing', NULL, NULL, NULL),
    ('declined', 3, 'order.failed', 'order.order.failed', NULL, NULL),
    ('declined', 4, 'stock.released', NULL, NULL, NULL),
    ('declined', 5, 'email.sent', NULL, 'order_failed', 3),
    ('out_of_stock', 1, 'order.created', 'order.order.created', NULL, NULL),
    ('out_of_stock', 2, 'order.failed', 'order.order.failed', NULL, NULL),
    ('out_of_stock', 3, 'email.sent', NULL, 'order_failed', 2);
INSERT INTO steps SELECT f.fate, s.version, s.type, s.routing_key, s.template, s.about
    FROM steps s, (VALUES ('shipped'), ('cancelled')) f (fate) WHERE s.fate = 'paid';

CREATE TEMP VIEW written AS
    SELECT p.*, to_char(p.total / 100.0, 'FM9999999990.00') AS amount,
           to_char(p.placed AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS moment,
           format('"order_id":%s,"user_id":%s,"user_email":"customer-%s@example.com","items":[%s%s],'
                  '"total_amount":"%s","payment_method":"credit_card","shipping_address":null',
                  p.order_id, p.user_id, p.user_id,
                  format('{"product_id":%s,"product_name":"Product %s","quantity":%s,"price":"%s"}', p.product,
                         p.product, p.quantity, to_char(p.price / 100.0, 'FM9999999990.00')),
                  CASE WHEN p.second_product IS NOT NULL THEN
                      format(',{"product_id":%s,"product_name":"Product %s","quantity":1,"price":"%s"}',
                             p.second_product, p.second_product, to_char(p.second_price / 100.0, 'FM9999999990.00'))
                  END,
                  to_char(p.total / 100.0, 'FM9999999990.00')) AS fields
    FROM plan p;

INSERT INTO order_events (order_id, version, event_id, event_type, routing_key, body, traceparent, request_id,
                          created_at, published_at)
    SELECT w.order_id, s.version, md5(w.order_id || ':' || s.version)::uuid, s.type, s.routing_key,
           CASE WHEN s.type IN ('order.created', 'order.shipped') THEN format('{%s}', w.fields)
                WHEN s.type = 'order.paid' THEN
                    format('{%s,"payment_id":%s,"amount":"%s","transaction_id":"ch_%s","payment_created_at":"%s"}',
                           w.fields, w.order_id, w.amount, w.order_id * 2, w.moment)
                WHEN s.type = 'payment.refunded' THEN
                    format('{"order_id":%s,"payment_id":%s,"amount":"%s","transaction_id":"ch_%s","payment_created_at":"%s"}',
                           w.order_id, w.order_id, w.amount, w.order_id * 2, w.moment)
                WHEN s.type = 'order.failed' AND w.fate = 'declined' THEN
                    format('{%s,"reason":"payment_declined","error_message":"No.","payment_id":%s,"amount":"%s",'
                           '"transaction_id":null,"payment_created_at":"%s"}', w.fields, w.order_id, w.amount, w.moment)
                WHEN s.type = 'order.failed' THEN
                    format('{%s,"reason":"out_of_stock","error_message":"No."}', w.fields)
                WHEN s.type = 'order.cancelled' THEN
                    format('{%s,"reason":"cancelled_by_customer","was_paid":true}', w.fields)
                WHEN s.type = 'email.sent' THEN
                    format('{"order_id":%s,"template":"%s","message_id":"<%s@tandem.ecommerce.com>"}', w.order_id,
                           s.template, md5(w.order_id || ':' || s.about)::uuid)
                ELSE format('{"order_id":%s}', w.order_id) END,
           '', '', w.placed + s.version * interval '1 ms', CASE WHEN s.routing_key IS NOT NULL THEN w.placed END
    FROM written w JOIN steps s ON s.fate = w.fate ORDER BY w.order_id, s.version;

INSERT INTO orders (id, version, user_id, user_email, status, reason, error_message, total_cents, item_count,
                    payment_method, payment_id, payment_amount_cents, payment_status, payment_transaction_id,
                    payment_created_at, created_at, updated_at)
    SELECT p.order_id, f.versions, p.user_id, 'customer-' || p.user_id || '@example.com', f.status, f.reason,
           f.error_message, p.total, CASE WHEN p.second_product IS NULL THEN 1 ELSE 2 END, 'credit_card',
           CASE WHEN f.payment IS NOT NULL THEN p.order_id END, CASE WHEN f.payment IS NOT NULL THEN p.total END,
           f.payment, CASE WHEN f.payment <> 'failed' THEN 'ch_' || p.order_id * 2 END,
           CASE WHEN f.payment IS NOT NULL THEN p.placed END,
           p.placed + interval '1 ms', p.placed + f.versions * interval '1 ms'
    FROM plan p JOIN (VALUES ('paid', 4, 'paid', NULL, '', 'processed'),
                             ('shipped', 6, 'shipped', NULL, '', 'processed'),
                             ('cancelled', 8, 'cancelled', 'cancelled_by_customer', '', 'refunded'),
                             ('declined', 5, 'failed', 'payment_declined', 'No.', 'failed'),
                             ('out_of_stock', 3, 'failed', 'out_of_stock', 'No.', NULL))
        f (fate, versions, status, reason, error_message, payment) ON f.fate = p.fate;

INSERT INTO order_items
    SELECT order_id, 0, product, 'Product ' || product, quantity, price FROM plan
    UNION ALL
    SELECT order_id, 1, second_product, 'Product ' || second_product, 1, second_price FROM plan
    WHERE second_product IS NOT NULL;
INSERT INTO order_timings SELECT order_id, 5 FROM plan;
INSERT INTO notifications (user_id, order_id, type, message, created_at)
    SELECT p.user_id, p.order_id, s.type, 'told', p.placed FROM plan p JOIN steps s ON s.fate = p.fate
    WHERE s.type LIKE 'order.%' AND s.type <> 'order.processing' OR s.type = 'payment.refunded'
    ORDER BY p.order_id, s.version;
INSERT INTO keyed_orders SELECT user_id, 'key-' || order_id, order_id FROM plan;
INSERT INTO idempotency_keys
    SELECT user_id, 'key-' || order_id, '', 200, md5('lease')::uuid, placed FROM plan;
SELECT setval('order_ids', {last});
