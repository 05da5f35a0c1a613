-- expect 3: parameters are written :name
-- a :exec
DELETE FROM t WHERE id =  ?1;
