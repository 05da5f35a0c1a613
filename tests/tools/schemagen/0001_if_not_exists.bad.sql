-- expect 2: want CREATE TABLE name ( …, without IF NOT EXISTS
CREATE TABLE IF NOT EXISTS t (a TEXT);
