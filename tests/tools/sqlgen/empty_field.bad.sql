-- expect 3: a field is missing here
-- a :one
-- in  id str,, x str
-- out id str
SELECT id FROM t WHERE id = :id;
