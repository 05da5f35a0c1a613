-- expect 2: a schema has no parameters
INSERT INTO t VALUES  (:a);
