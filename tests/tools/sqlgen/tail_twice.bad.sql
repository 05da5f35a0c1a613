-- expect 7: a second tail
-- a :list
-- out id str
SELECT id FROM t WHERE 1 = 1
-- tail
GROUP BY id
-- tail
GROUP BY id;
-- sort x asc  id = id
