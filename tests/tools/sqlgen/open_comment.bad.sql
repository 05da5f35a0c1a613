-- expect 5: this comment is never closed
-- a :one
-- in  id str
-- out id str
SELECT id FROM t  /* abc
WHERE id = :id;
