-- expect 3: [ is an array in one dialect
-- a :exec
DELETE FROM t WHERE id =  ARRAY[1];
