-- expect 5: a was there before, in
-- a :exec
DELETE FROM t;

-- a :exec
DELETE FROM u;
