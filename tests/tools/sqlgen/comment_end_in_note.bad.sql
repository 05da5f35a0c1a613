-- expect 3: /* and */ do not belong into a description
-- a :exec
-- All */ of them.
DELETE FROM t;
