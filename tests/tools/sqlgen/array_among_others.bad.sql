-- expect 5: i64[] stands only as IN (:ids)
-- a :many
-- in ids i64[]
-- out id str
SELECT id FROM t WHERE  id IN (:ids, 3) LIMIT 3;
