-- Old ids are found by it when they are forgotten, in order of age and without reading the whole inbox.
CREATE INDEX inbox_by_age ON inbox (received_at);
