-- expect 3: double quotes: '…' for a text
CREATE TABLE t (
 a TEXT DEFAULT  "x"
);
