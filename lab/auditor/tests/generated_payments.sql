INSERT INTO payments (id, order_id, user_id, user_email, amount_cents, payment_method, status, void_requested,
                      attempts, refusals, due_at, unsettled_until, transaction_id, reason, traceparent, request_id,
                      created_at, updated_at)
    OVERRIDING SYSTEM VALUE
    SELECT p.order_id, p.order_id, p.user_id, 'customer-' || p.user_id || '@example.com', p.total, 'credit_card',
           f.status, false, 1, 0, p.placed, p.placed, CASE WHEN f.status <> 'failed' THEN 'ch_' || p.order_id * 2 END,
           CASE WHEN f.status = 'failed' THEN 'payment_declined' END, '', '', p.placed, p.placed
    FROM plan p JOIN (VALUES ('paid', 'processed'), ('shipped', 'processed'), ('cancelled', 'refunded'),
                             ('declined', 'failed')) f (fate, status) ON f.fate = p.fate
    ORDER BY p.order_id;
