-- expect 2: no BEGIN here: each file is one transaction
BEGIN;
CREATE TABLE t (a TEXT);
