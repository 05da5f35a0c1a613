-- expect 4: name the columns instead of *
-- a :one
-- out id str
SELECT  t.* FROM t;
