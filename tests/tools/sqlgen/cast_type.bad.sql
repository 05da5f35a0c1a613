-- expect 5: CAST takes AS TEXT, AS INT64 or AS BLOB
-- a :one
-- in  id str
-- out id str
SELECT id FROM t WHERE id = CAST(:id AS  BIGINT);
