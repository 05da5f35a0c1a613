-- expect 5: id belongs to its filter alone
-- a :list
-- in id str?
-- out id str
SELECT id FROM t WHERE  id = :id
-- filter id
 AND x = :id;
-- sort x asc  id = id
