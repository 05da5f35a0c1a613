-- expect 4: DISTINCT in a :list
-- a :list
-- out id str
SELECT DISTINCT id FROM t WHERE 1 = 1;
-- sort x asc  id = id
