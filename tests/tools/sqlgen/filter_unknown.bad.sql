-- expect 5: a filter is called like its parameter: no nobody
-- a :list
-- out id str
SELECT id FROM t WHERE 1 = 1
-- filter nobody
 AND id = 3
-- sort x asc  id = id
;
