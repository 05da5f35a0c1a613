-- expect 5: a ( or CASE in this text is never closed
-- a :one
-- in  id str
-- out id str
SELECT CASE WHEN id THEN 1 FROM t WHERE id = :id;
