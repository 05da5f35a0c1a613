-- expect 3: a column is TEXT, INT64 or BLOB, in capitals: not INTEGER
CREATE TABLE t (
 b INTEGER PRIMARY KEY
);
