-- expect 4: UNION cannot stand here
-- a :list
-- out id str
SELECT id FROM t WHERE 1 = 1  UNION SELECT 2 FROM u;
-- sort x asc  id = id
