-- Later.
ALTER TABLE thing ADD COLUMN note TEXT;
INSERT INTO thing (id, at, note) VALUES ('t0', CAST('7' AS INT64), 'a -- b');
