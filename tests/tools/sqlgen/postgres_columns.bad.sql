-- expect 6: 2 columns here, but `-- out` has 1 fields
-- a :one
-- out id str
SELECT 1;
-- postgres
SELECT 1, 2;
