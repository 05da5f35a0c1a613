-- expect 5: before << and >> write CAST(… AS INT64) for a number
-- a :one
-- in  n i64
-- out n i64
SELECT n FROM t WHERE 1 << n = :n;
