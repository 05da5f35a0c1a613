-- expect 3: tabs, carriage returns and NUL bytes
-- a :exec
DELETE FROM	t;
