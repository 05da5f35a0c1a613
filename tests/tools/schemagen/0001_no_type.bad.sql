-- expect 3: a column is TEXT, INT64 or BLOB, in capitals: not NOT
CREATE TABLE t (
 b NOT NULL
);
