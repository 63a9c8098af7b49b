-- What is old is found by them when it is forgotten, in order of age and without reading the whole table.
CREATE INDEX inbox_by_age ON inbox (received_at);
CREATE INDEX purchases_by_age ON purchases (taken_at);
