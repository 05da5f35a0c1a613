-- expect 2: a temporary table does not belong into a schema
CREATE TEMP TABLE t (a TEXT);
