-- expect 2: log_in is also what log would make
-- log_in :exec
DELETE FROM t;

-- log :exec
DELETE FROM u;
