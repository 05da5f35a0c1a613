-- expect 3: a type has no length: use CHECK
CREATE TABLE t (
 b TEXT(20)
);
