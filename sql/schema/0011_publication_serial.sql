-- Numbers of advisories within a year, as JVN's database counts them; and with which generation a
-- text changed, for what a process keeps of all of them.
CREATE TABLE publication_serial (
    number TEXT PRIMARY KEY,
    year   INT64 NOT NULL, -- of the first release, in Japan
    serial INT64 NOT NULL, -- from 1
    UNIQUE (year, serial)
);
ALTER TABLE publication ADD COLUMN generation INT64 NOT NULL DEFAULT 0;
CREATE INDEX publication_generation ON publication (generation, number, lang);
-- only sqlite
INSERT INTO publication_serial (number, year, serial)
SELECT x.number, x.year, row_number() OVER (PARTITION BY x.year ORDER BY x.published, x.number)
  FROM (SELECT number, published,
               CAST(strftime('%Y', published / 1000 + 32400, 'unixepoch') AS INT64) AS year
          FROM publication WHERE lang = 'ja') AS x;
-- end
-- only postgres
INSERT INTO publication_serial (number, year, serial)
SELECT x.number, x.year, row_number() OVER (PARTITION BY x.year ORDER BY x.published, x.number)
  FROM (SELECT number, published,
               CAST(extract(year FROM to_timestamp(published / 1000 + 32400) AT TIME ZONE 'UTC')
                    AS INT64) AS year
          FROM publication WHERE lang = 'ja') AS x;
-- end
