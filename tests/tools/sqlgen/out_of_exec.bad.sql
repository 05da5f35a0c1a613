-- expect 2: `-- out` belongs to :one, :many and :list
-- a :exec
-- out id str
DELETE FROM t RETURNING id;
