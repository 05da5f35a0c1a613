-- expect 5: 2 columns here, but `-- out` has 1 fields
-- a :one
-- in id str
-- out id str
INSERT INTO t (id) VALUES (:id) RETURNING id, at;
