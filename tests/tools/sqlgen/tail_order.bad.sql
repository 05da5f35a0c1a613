-- expect 5: order and limit are added at run time
-- a :list
-- out id str
SELECT id FROM t WHERE 1 = 1
-- tail
GROUP BY id ORDER BY id;
-- sort x asc  id = id
