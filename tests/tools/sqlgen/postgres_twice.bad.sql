-- expect 6: `-- postgres` stands once
-- a :exec
DELETE FROM t;
-- postgres
DELETE FROM u;
-- postgres
DELETE FROM v;
