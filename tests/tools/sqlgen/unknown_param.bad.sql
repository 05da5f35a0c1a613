-- expect 6: no parameter name in `-- in`
-- a :one
-- in  id str
-- out id str
SELECT id FROM t WHERE id = :id AND
  name = :name;
