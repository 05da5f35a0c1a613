-- expect 2: want CREATE TABLE name ( …, without IF NOT EXISTS or AS
CREATE TABLE t AS SELECT 1;
