-- expect 5: GLOB is SQLite's alone
-- a :one
-- in  id str
-- out id str
SELECT id FROM t WHERE id  GLOB :id;
