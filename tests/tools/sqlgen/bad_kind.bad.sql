-- expect 2: a statement is :one, :many, :exec, :exec1 or :list
-- a :two
SELECT 1;
