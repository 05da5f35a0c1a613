-- expect 5: LIKE: the dialects fold case differently
-- a :one
-- in  id str
-- out id str
SELECT id FROM t WHERE id  LIKE :id;
