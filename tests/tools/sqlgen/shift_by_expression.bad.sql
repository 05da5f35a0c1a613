-- expect 5: behind << and >> stands a name, a number or a parameter
-- a :one
-- in  n i64
-- out n i64
SELECT n FROM t WHERE n >> (n + 1) = :n;
