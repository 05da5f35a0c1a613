-- expect 5: want `-- sort name asc|desc
-- a :list
-- out id str
SELECT id FROM t WHERE 1 = 1;
-- sort x up  id = id
