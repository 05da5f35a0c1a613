-- expect 3: @ is PostgreSQL's alone
-- a :exec
DELETE FROM t WHERE id =  @id;
