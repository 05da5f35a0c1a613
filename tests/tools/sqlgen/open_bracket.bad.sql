-- expect 5: a ( or CASE in this text is never closed
-- a :one
-- in  id str
-- out id str
SELECT id FROM t WHERE (id = :id;
