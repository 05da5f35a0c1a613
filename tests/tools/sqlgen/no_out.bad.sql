-- expect 2: a gives rows, but has no `-- out`
-- a :one
SELECT id FROM t;
