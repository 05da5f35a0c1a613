-- expect 6: a filter's text begins with AND
-- a :list
-- in id str?
-- out id str
SELECT id FROM t WHERE 1 = 1
-- filter id
 id = :id;
-- sort x asc  id = id
