-- expect 3: a column is TEXT, INT64 or BLOB, in capitals: not TSVECTOR
CREATE TABLE t (
 a TSVECTOR
);
