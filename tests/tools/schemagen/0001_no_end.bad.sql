-- expect 3: the last statement does not end with ;
CREATE TABLE t (a TEXT);
CREATE INDEX i ON t (a)
