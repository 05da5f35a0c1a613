-- expect 2: want ; behind the table
CREATE TABLE t (a TEXT) STRICT;
