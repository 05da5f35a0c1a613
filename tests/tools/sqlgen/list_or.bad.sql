-- expect 5: put ( ) around this OR
-- a :list
-- in  who str
-- out id str
SELECT id FROM t WHERE who = :who  OR public = 1;
-- sort x asc  id = id
