-- expect 3: the parameter b is not used in the text for PostgreSQL
-- a :one
-- in  id str, b i64
-- out id str
SELECT id FROM t WHERE id = :id AND b = :b;
-- postgres
SELECT id FROM t WHERE id = :id;
