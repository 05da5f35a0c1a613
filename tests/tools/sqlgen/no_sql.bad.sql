-- expect 2: a does not end with ;
-- a :exec
-- b :exec
DELETE FROM u;
