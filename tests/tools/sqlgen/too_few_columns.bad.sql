-- expect 4: 1 columns here, but `-- out` has 2 fields
-- a :one
-- out id str, b i64
SELECT coalesce(id, 'a,b') FROM t;
