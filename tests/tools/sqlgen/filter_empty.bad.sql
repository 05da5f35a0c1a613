-- expect 6: there is no SQL here
-- a :list
-- in id str?
-- out id str
SELECT id FROM t WHERE 1 = 1
-- filter id
;
-- sort x asc  id = id
