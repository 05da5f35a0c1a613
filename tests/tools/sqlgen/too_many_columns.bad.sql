-- expect 4: 2 columns here, but `-- out` has 1 fields
-- a :one
-- out id str
SELECT id, CASE WHEN a THEN b ELSE c END FROM t;
