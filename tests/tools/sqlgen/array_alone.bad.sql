-- expect 5: str[] stands only as IN (:ids)
-- a :many
-- in ids str[]
-- out id str
SELECT id FROM t WHERE  id = :ids LIMIT 3;
