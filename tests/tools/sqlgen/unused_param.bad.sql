-- expect 3: the parameter b is not used
-- a :one
-- in  id str, b i64
-- out id str
SELECT id FROM t WHERE id = :id;
