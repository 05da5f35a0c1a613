-- expect 4: GROUP cannot stand here
-- a :list
-- out id str
SELECT id FROM t WHERE 1 = 1  GROUP BY id;
-- sort x asc  id = id
