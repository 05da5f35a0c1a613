-- expect 3: `-- end` without a block
CREATE TABLE t (a TEXT);
-- end
