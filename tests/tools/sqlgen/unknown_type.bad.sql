-- expect 3: unknown type `text`
-- a :one
-- in  id text
-- out id str
SELECT id FROM t WHERE id = :id;
