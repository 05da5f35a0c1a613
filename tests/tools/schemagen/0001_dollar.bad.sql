-- expect 2: $$ is PostgreSQL's alone
INSERT INTO t VALUES  ($$a$$);
