-- expect 3: what this gives would be thrown away
-- a :exec
SELECT 1;
