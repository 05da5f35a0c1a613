-- expect 4: ORDER cannot stand here
-- a :list
-- out id str
SELECT id FROM t WHERE 1 = 1  ORDER BY id;
-- sort x asc  id = id
