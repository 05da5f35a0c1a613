-- expect 5: the tail of a :list is GROUP BY
-- a :list
-- out id str
SELECT id FROM t WHERE 1 = 1
-- tail
FOR UPDATE;
-- sort x asc  id = id
