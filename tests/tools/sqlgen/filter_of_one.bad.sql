-- expect 2: filters, tails and sorts belong to a :list
-- a :one
-- in id str?
-- out id str
SELECT id FROM t WHERE 1 = 1
-- filter id
 AND id = :id;
