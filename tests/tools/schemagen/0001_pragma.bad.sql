-- expect 2: no PRAGMA here
PRAGMA foreign_keys = 1;
