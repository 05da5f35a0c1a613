-- expect 3: a statement is a SELECT, INSERT, UPDATE or DELETE
-- a :exec
DROP TABLE t;
