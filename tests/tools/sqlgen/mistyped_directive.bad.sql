-- expect 6: not one of `-- postgres`, `-- filter`
-- a :one
-- in  id str
-- out id str
SELECT id FROM t
-- fitler x
WHERE id = :id;
