-- expect 2: this ( is never closed
CREATE TABLE t  (a TEXT;
