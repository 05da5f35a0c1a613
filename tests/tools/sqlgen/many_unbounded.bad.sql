-- expect 4: :many needs a LIMIT
-- a :many
-- out id str
SELECT id FROM t WHERE id IN (SELECT id FROM u LIMIT 3);
