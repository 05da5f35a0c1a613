-- expect 5: a text with a prefix (E'…')
-- a :one
-- in  id str
-- out id str
SELECT id FROM t WHERE id = :id AND x =  E'a';
