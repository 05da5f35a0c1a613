-- expect 2: SQL without a heading
DELETE FROM t;
