-- expect 2: a statement's name is made of a-z
-- getCase :one
-- out id str
SELECT 1;
