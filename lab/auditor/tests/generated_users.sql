INSERT INTO users (id, email, full_name, role, password_hash, created_at)
    OVERRIDING SYSTEM VALUE
    SELECT i, 'customer-' || i || '@example.com', 'Customer', 'customer', '', now() FROM generate_series(1, 1000) i;
