-- expect 4: a column is TEXT, INT64 or BLOB, in capitals: not REAL
CREATE TABLE t (
 a TEXT,
 b REAL
);
