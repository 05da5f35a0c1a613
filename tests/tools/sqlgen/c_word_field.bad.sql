-- expect 3: want `name type`
-- a :one
-- in  default str
-- out id str
SELECT id FROM t WHERE id = :default;
