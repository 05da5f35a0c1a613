-- expect 3: a row has no arrays
-- a :one
-- out id str[]
SELECT id FROM t;
