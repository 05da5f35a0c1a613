-- expect 5: this closes what was never opened
-- a :one
-- in  id str
-- out id str
SELECT id FROM t WHERE id = :id);
