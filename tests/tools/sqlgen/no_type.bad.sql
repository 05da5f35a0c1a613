-- expect 3: want `name type`, not `id`
-- a :one
-- in  id
-- out id str
SELECT id FROM t WHERE id = :id;
