-- expect 3: LIKE: the dialects fold case differently
CREATE TABLE t (
 a TEXT NOT NULL CHECK (a  LIKE 'x%')
);
