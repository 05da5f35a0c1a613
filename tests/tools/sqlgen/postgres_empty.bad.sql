-- expect 3: there is no SQL here
-- a :exec
DELETE FROM t;
-- postgres
;
