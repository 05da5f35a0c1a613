-- expect 4: SQL without a heading
-- a :exec
DELETE FROM t;
DELETE FROM u;
