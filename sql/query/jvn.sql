-- publication_serial_add :exec
-- The next number of its year; one that has a number keeps it.
-- in   number str, year i64
INSERT INTO publication_serial (number, year, serial)
SELECT :number, :year, coalesce(max(serial), 0) + 1 FROM publication_serial WHERE year = :year
    ON CONFLICT (number) DO NOTHING;

-- publication_place :one
-- The place of an advisory among those of its year; the next one of the year for a new one.
-- in   number str, year i64
-- out  year i64, serial i64
SELECT coalesce((SELECT year FROM publication_serial WHERE number = :number), :year),
       coalesce((SELECT serial FROM publication_serial WHERE number = :number),
                (SELECT max(serial) + 1 FROM publication_serial WHERE year = :year), 1);

-- publication_mark :exec
-- in   number str, generation i64
UPDATE publication SET generation = :generation WHERE number = :number;

-- publication_changed :many
-- What changed in one language behind a place in the order of changes.
-- in   generation i64, number str, lang str, most i64
-- out  generation i64, number str, year i64, serial i64, revision i64, published i64, updated i64, withdrawn i64?, origin str, accepted i64?, severity i64, critical bool, title str, vendors str, cves str, cwes str, case_id str, content str
SELECT p.generation, p.number, s.year, s.serial, p.revision, p.published, p.updated,
       p.withdrawn, p.origin, p.accepted, p.severity, p.critical, p.title, p.vendors, p.cves,
       p.cwes, p.case_id, p.content
  FROM publication p JOIN publication_serial s ON s.number = p.number
 WHERE p.lang = :lang AND (p.generation, p.number) > (:generation, :number)
 ORDER BY p.generation, p.number LIMIT :most;

-- publication_whole :many
-- Some of them, with all that they say.
-- in   numbers str[], lang str
-- out  generation i64, number str, lang str, year i64, serial i64, revision i64, published i64, updated i64, withdrawn i64?, origin str, accepted i64?, severity i64, critical bool, title str, vendors str, cves str, cwes str, case_id str, content str
SELECT p.generation, p.number, p.lang, s.year, s.serial, p.revision, p.published, p.updated,
       p.withdrawn, p.origin, p.accepted, p.severity, p.critical, p.title, p.vendors, p.cves, p.cwes,
       p.case_id, p.content
  FROM publication p JOIN publication_serial s ON s.number = p.number
 WHERE p.number IN (:numbers) AND p.lang = :lang ORDER BY p.number
 -- bounded: what was asked for by number
;
