-- expect 2: :: is PostgreSQL's alone
INSERT INTO t SELECT  a::text FROM u;
