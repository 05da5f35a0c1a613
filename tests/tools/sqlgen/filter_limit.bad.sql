-- expect 7: LIMIT cannot stand in a filter
-- a :list
-- in id str?
-- out id str
SELECT id FROM t WHERE 1 = 1
-- filter id
 AND id = :id  LIMIT 3;
-- sort x asc  id = id
