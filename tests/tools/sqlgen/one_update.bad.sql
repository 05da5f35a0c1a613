-- expect 4: rows are asked for, but there is no SELECT or RETURNING
-- a :one
-- out id str
UPDATE t SET id = 1;
