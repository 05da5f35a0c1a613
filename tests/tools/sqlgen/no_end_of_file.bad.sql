-- expect 2: a does not end with ;
-- a :exec
DELETE FROM t
