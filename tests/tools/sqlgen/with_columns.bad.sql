-- expect 4: 2 columns here, but `-- out` has 1 fields
-- a :one
-- out id str
WITH x AS (SELECT 1, 2, 3 FROM u) SELECT a, b FROM x;
