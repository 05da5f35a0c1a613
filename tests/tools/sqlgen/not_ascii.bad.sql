-- expect 5: this character stands only inside texts and comments
-- a :one
-- in  id str
-- out id str
SELECT id FROM t WHERE id = :id  ＝ 3;
