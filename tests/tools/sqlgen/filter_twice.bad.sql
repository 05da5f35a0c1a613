-- expect 8: the filter id is there twice
-- a :list
-- in id str?
-- out id str
SELECT id FROM t WHERE 1 = 1
-- filter id
 AND id = :id
-- filter id
 AND x = :id;
-- sort x asc  id = id
