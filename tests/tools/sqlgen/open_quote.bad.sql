-- expect 5: this " is never closed
-- a :one
-- in  id str
-- out id str
SELECT id FROM t WHERE id = :id AND x =  "abc;
