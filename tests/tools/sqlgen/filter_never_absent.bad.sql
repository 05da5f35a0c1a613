-- expect 6: a filter's parameter is one that may be absent
-- a :list
-- in id str
-- out id str
SELECT id FROM t WHERE 1 = 1
-- filter id
 AND id = :id;
-- sort x asc  id = id
