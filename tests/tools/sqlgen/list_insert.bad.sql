-- expect 4: a :list is SELECT
-- a :list
-- out id str
INSERT INTO t VALUES (1) RETURNING id;
-- sort x asc  id = id
