-- expect 5: :: is PostgreSQL's alone
-- a :one
-- in  id str
-- out id str
SELECT id FROM t WHERE id = :id::text;
