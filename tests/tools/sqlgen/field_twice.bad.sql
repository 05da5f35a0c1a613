-- expect 4: id is there twice
-- a :one
-- in  id str,
-- in  id i64
-- out id str
SELECT id FROM t WHERE id = :id;
