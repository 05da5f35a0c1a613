-- expect 3: the parameter id is not used
-- a :one
-- in  id str
-- out id str
SELECT id FROM t WHERE id = ':id' -- :id
 AND "x :id" = /* :id */ 3;
