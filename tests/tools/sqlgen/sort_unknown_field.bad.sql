-- expect 5: no field at in `-- out`
-- a :list
-- out id str
SELECT id FROM t WHERE 1 = 1;
-- sort x asc  at = at, id = id
