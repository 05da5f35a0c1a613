-- expect 3: a column is TEXT, INT64 or BLOB, in capitals: not text
CREATE TABLE t (
 b text
);
