-- expect 4: rows are asked for, but there is no SELECT
-- a :one
-- out id str
INSERT INTO t VALUES (1, 2);
