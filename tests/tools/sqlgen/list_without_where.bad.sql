-- expect 4: a :list is SELECT … FROM … WHERE …
-- a :list
-- out id str
SELECT id FROM t;
-- sort x asc  id = id
