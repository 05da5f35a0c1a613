-- expect 4: 2 columns here, but `-- out` has 1 fields
-- a :one
-- out id str
SELECT a IS DISTINCT FROM b, c FROM t;
