-- expect 3: a column is TEXT, INT64 or BLOB, in capitals: not REAL
CREATE TABLE t (a TEXT);
ALTER TABLE t ADD COLUMN b REAL;
