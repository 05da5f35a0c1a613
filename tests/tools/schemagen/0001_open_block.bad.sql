-- expect 2: this block has no `-- end`
-- only sqlite
CREATE TABLE t (a TEXT);
