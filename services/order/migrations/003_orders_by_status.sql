-- For the administration: all orders in one state, newest first, however many there are.
CREATE INDEX orders_by_status ON orders (status, id DESC);
