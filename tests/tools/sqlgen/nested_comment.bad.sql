-- expect 5: a comment inside a comment
-- a :one
-- in  id str
-- out id str
SELECT id FROM t  /* a /* b */ c */
WHERE id = :id;
