-- good.sql - a statement of each kind; the tables are those of ../schemagen.

-- thing_get :one
-- One thing, by its id.
-- Two lines of it.
-- in   id str
-- out  id str, title str, at i64, gone i64?,
-- out  public bool, secret sealed?, note str?
SELECT id, title, at, gone, public, secret, note -- all :of them
  FROM thing WHERE id = :id AND title <> 'no :param ''here''' /* nor :here */;

-- thing_add :exec
-- in   id str, title str, at i64, gone i64?, public bool, secret sealed?, note str?
INSERT INTO thing (id, title, at, gone, public, secret, note)
VALUES (:id, :title, :at, :gone, :public, :secret, :note);

-- thing_rename :exec1
-- in   title str, id str
UPDATE thing SET title = :title, note = :title || "title" WHERE id = :id;

-- thing_clear :exec
DELETE FROM thing WHERE at < 0;

-- thing_blob :one
-- in   raw blob, raw_or_not blob?, n i64
-- out  a blob, b blob?, c i64
SELECT CAST(:raw AS BLOB), CAST(:raw_or_not AS BLOB), CAST(:n AS INT64) + :n;

-- thing_count :one
-- out  n i64
SELECT count(*) FROM thing;

-- thing_some :many
-- in   ids str[], not_at i64[]
-- out  id str
SELECT id FROM thing
 WHERE id IN (:ids) AND at NOT IN ( :not_at ) AND public IN (0, 1)
 ORDER BY id LIMIT 50;

-- thing_all :many
-- out  id str
SELECT id FROM thing ORDER BY id; -- bounded: three of them

-- thing_take :one
-- in   id str
-- out  id str, at i64
UPDATE thing SET at = at + 1 WHERE id = :id RETURNING id, coalesce(at, 0);

-- thing_found :many
-- in   words str
-- out  id str
SELECT t.id FROM thing t WHERE t.rowid IN (SELECT rowid FROM thing_words WHERE words MATCH :words)
 LIMIT 9;
-- postgres
SELECT t.id FROM thing t WHERE t.words @@ to_tsquery('simple', :words)
 LIMIT 9;

-- thing_list :list
-- The things of a time.
-- in   least i64, state str?, ids str[], since i64?, open bool
-- out  id str, at i64, title str, note str?
SELECT t.id, t.at, CASE WHEN t.at IS DISTINCT FROM 3 OR t.at = 4 THEN t.title ELSE 'x' END,
       t.note
  FROM thing t LEFT JOIN pair p ON p.a = t.id
 WHERE t.at >= :least AND (t.public = 1 OR t.gone IS NULL)
-- postgres
SELECT t.id, t.at, t.title, t.note
  FROM thing t LEFT JOIN pair p ON p.a = t.id
 WHERE t.at >= :least AND (t.public = 1 OR t.gone IS NULL)
-- filter state
   AND t.title = :state OR t.note = :state
-- filter ids
   AND t.id IN (:ids)
-- filter since
   AND t.at > :since
-- postgres
   AND t.at >  :since
-- filter open
   AND t.gone IS NULL
-- tail
 GROUP BY t.id, t.at, t.title, t.note
-- sort newest desc  at = t.at, id = t.id
-- sort title asc    title = coalesce(t.title, ''), id = t.id
;

-- pair_list :list
-- in   a str?, b str[]
-- out  a str, b i64
WITH x AS (SELECT a, b FROM pair WHERE b > 0)
SELECT a, b FROM x WHERE 1 = 1;
-- filter a
   AND a = :a;
-- filter b
   AND a IN (:b);
-- sort first asc  a = a, b = b

-- bit_list :many
-- PostgreSQL shifts by an integer alone.
-- bounded: as many as there are bits
-- in   by i64, bits i64
-- out  n i64
SELECT (p.b >> p.b) & 1 FROM pair p WHERE (:bits >> :by) & 1 = 1 AND (p.b <<3) > 0;
