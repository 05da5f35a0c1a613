-- found_next :one
-- The number of a new document.
-- out  doc i64
SELECT coalesce(max(doc), 0) + 1 FROM found;
-- postgres
SELECT nextval('found_doc');

-- found_add :exec
-- in   doc i64, row_id str, source str, case_id str?, report_id str?, audience i64, lane str, step str
INSERT INTO found (doc, row_id, source, case_id, report_id, audience, lane, step)
VALUES (:doc, :row_id, :source, :case_id, :report_id, :audience, :lane, :step);

-- found_forget :exec
-- in   row_id str
UPDATE found SET row_id = '' WHERE row_id = :row_id;

-- found_words_add :exec
-- Words of a document, with spaces between.
-- in   doc i64, words str
INSERT INTO found_words (rowid, words) VALUES (:doc, :words);
-- postgres
INSERT INTO found_words (doc, words)
VALUES (:doc, array_to_tsvector(string_to_array(:words, ' ')));

-- public_next :one
-- out  doc i64
SELECT coalesce(max(doc), 0) + 1 FROM public_found;
-- postgres
SELECT nextval('public_doc');

-- public_doc_of :one
-- in   number str, lang str
-- out  doc i64
SELECT doc FROM public_found WHERE number = :number AND lang = :lang;

-- public_found_put :exec
-- in   doc i64, number str, lang str, normal str
INSERT INTO public_found (doc, number, lang, normal) VALUES (:doc, :number, :lang, :normal)
    ON CONFLICT (number, lang) DO UPDATE SET normal = excluded.normal;

-- public_words_drop :exec
-- in   doc i64
DELETE FROM public_words WHERE rowid = :doc;
-- postgres
DELETE FROM public_words WHERE doc = :doc;

-- public_words_add :exec
-- in   doc i64, words str
INSERT INTO public_words (rowid, words) VALUES (:doc, :words);
-- postgres
INSERT INTO public_words (doc, words)
VALUES (:doc, array_to_tsvector(string_to_array(:words, ' ')));

-- found_top :one
-- out  doc i64
SELECT coalesce(max(doc), 0) FROM found;

-- public_top :one
-- out  doc i64
SELECT coalesce(max(doc), 0) FROM public_found;

-- public_scan :many
-- Documents with all words, below a number, newest first.  query: in the engine's own writing.
-- doc + 0: so that PostgreSQL goes by the words, and not down all numbers.
-- in   query str, before i64, most i64
-- out  doc i64, number str, normal str
SELECT f.doc, f.number, f.normal
  FROM (SELECT rowid AS doc FROM public_words
         WHERE public_words MATCH :query AND rowid < :before
         ORDER BY rowid DESC LIMIT :most) AS x
  JOIN public_found f ON f.doc = x.doc
 ORDER BY x.doc DESC
 -- bounded: the inner LIMIT
;
-- postgres
SELECT f.doc, f.number, f.normal
  FROM (SELECT doc FROM public_words
         WHERE words @@ CAST(CAST(:query AS TEXT) AS tsquery) AND doc + 0 < :before
         ORDER BY doc + 0 DESC LIMIT :most) AS x
  JOIN public_found f ON f.doc = x.doc
 ORDER BY x.doc DESC;

-- public_docs :many
-- Likewise their numbers alone: what a count needs.
-- in   query str, before i64, most i64
-- out  doc i64
SELECT rowid FROM public_words
 WHERE public_words MATCH :query AND rowid < :before
 ORDER BY rowid DESC LIMIT :most;
-- postgres
SELECT doc FROM public_words
 WHERE words @@ CAST(CAST(:query AS TEXT) AS tsquery) AND doc + 0 < :before
 ORDER BY doc + 0 DESC LIMIT :most;

-- publication_lines :many
-- in   numbers str[], lang str
-- out  number str, published i64, updated i64, withdrawn i64?, severity i64, critical bool, title str, vendors str, cves str, cwes str
SELECT number, published, updated, withdrawn, severity, critical, title, vendors, cves, cwes
  FROM publication WHERE number IN (:numbers) AND lang = :lang ORDER BY number
 -- bounded: a page of them
;

-- found_scan :many
-- Likewise confidential ones.  granted: by the grants of its case; mine: a report that the
-- actor's own organisation has to do with, to be looked at one by one.
-- in   query str, before i64, most i64, principals str[], orgs str[], person_id str?
-- out  doc i64, row_id str, source str, case_id str?, report_id str?, audience i64, lane str, step str, granted bool, mine bool
SELECT f.doc, f.row_id, f.source, coalesce(f.case_id, r.case_id), f.report_id, f.audience, f.lane,
       f.step,
       CASE WHEN EXISTS (SELECT 1 FROM grant_ g
                          WHERE g.case_id = coalesce(f.case_id, r.case_id)
                            AND g.principal IN (:principals)
                            AND (g.lane = f.lane OR g.lane = '*')
                            AND (g.step = '' OR g.step = f.step)
                            AND (g.audiences >> f.audience) & 1 = 1) THEN 1 ELSE 0 END,
       CASE WHEN r.recipient_id IN (:orgs) OR r.site_org_id IN (:orgs)
              OR r.source_dept_id IN (:principals)
              OR EXISTS (SELECT 1 FROM report_helper h
                          WHERE h.report_id = r.id AND h.person_id = :person_id)
            THEN 1 ELSE 0 END
  FROM (SELECT rowid AS doc FROM found_words
         WHERE found_words MATCH :query AND rowid < :before
         ORDER BY rowid DESC LIMIT :most) AS x
  JOIN found f ON f.doc = x.doc
  LEFT JOIN report r ON r.id = f.report_id
 ORDER BY x.doc DESC
 -- bounded: the inner LIMIT
;
-- postgres
SELECT f.doc, f.row_id, f.source, coalesce(f.case_id, r.case_id), f.report_id, f.audience, f.lane,
       f.step,
       CASE WHEN EXISTS (SELECT 1 FROM grant_ g
                          WHERE g.case_id = coalesce(f.case_id, r.case_id)
                            AND g.principal IN (:principals)
                            AND (g.lane = f.lane OR g.lane = '*')
                            AND (g.step = '' OR g.step = f.step)
                            AND (g.audiences >> f.audience) & 1 = 1) THEN 1 ELSE 0 END,
       CASE WHEN r.recipient_id IN (:orgs) OR r.site_org_id IN (:orgs)
              OR r.source_dept_id IN (:principals)
              OR EXISTS (SELECT 1 FROM report_helper h
                          WHERE h.report_id = r.id AND h.person_id = :person_id)
            THEN 1 ELSE 0 END
  FROM (SELECT doc FROM found_words
         WHERE words @@ CAST(CAST(:query AS TEXT) AS tsquery) AND doc + 0 < :before
         ORDER BY doc + 0 DESC LIMIT :most) AS x
  JOIN found f ON f.doc = x.doc
  LEFT JOIN report r ON r.id = f.report_id
 ORDER BY x.doc DESC;

-- visible_cases :many
-- in   principals str[], most i64
-- out  case_id str
SELECT DISTINCT g.case_id FROM grant_ g
 WHERE g.principal IN (:principals) AND g.lane = '' AND g.step = '' LIMIT :most;

-- visible_reports :many
-- Reports that stand by themselves, or belong to some cases.  coalesce: so that SQLite does not go
-- down all reports without a case.
-- in   case_ids str[], principals str[], orgs str[], person_id str?, most i64
-- out  id str
SELECT r.id FROM report r WHERE r.case_id IN (:case_ids)
 UNION
SELECT r.id FROM report r WHERE r.recipient_id IN (:orgs) AND coalesce(r.case_id, '') = ''
 UNION
SELECT r.id FROM report r WHERE r.site_org_id IN (:orgs) AND coalesce(r.case_id, '') = ''
 UNION
SELECT r.id FROM report r WHERE r.source_dept_id IN (:principals) AND coalesce(r.case_id, '') = ''
 UNION
SELECT h.report_id FROM report_helper h WHERE h.person_id = :person_id
 LIMIT :most;

-- text_body :one
-- in   id str
-- out  kind str, at i64, body sealed
SELECT kind, at, body FROM text WHERE id = :id;

-- vulnerability_body :one
-- in   id str
-- out  content sealed
SELECT content FROM vulnerability WHERE id = :id;

-- advisory_body :one
-- The newest state of one language.
-- in   id str, lang str
-- out  at i64, content sealed
SELECT at, content FROM advisory_text WHERE advisory_id = :id AND lang = :lang
 ORDER BY revision DESC LIMIT 1;

-- found_set_add :exec
-- in   doc i64, words blob
INSERT INTO found_set (doc, words) VALUES (:doc, :words);

-- found_of_few :many
-- All documents of some cases, and of some reports that have no case, below a number.  coalesce: as
-- above.
-- in   case_ids str[], report_ids str[], before i64, most i64, principals str[], orgs str[], person_id str?
-- out  doc i64, row_id str, source str, case_id str?, report_id str?, audience i64, lane str, step str, granted bool, mine bool, words blob
SELECT f.doc, f.row_id, f.source, coalesce(f.case_id, r.case_id), f.report_id, f.audience, f.lane,
       f.step,
       CASE WHEN EXISTS (SELECT 1 FROM grant_ g
                          WHERE g.case_id = coalesce(f.case_id, r.case_id)
                            AND g.principal IN (:principals)
                            AND (g.lane = f.lane OR g.lane = '*')
                            AND (g.step = '' OR g.step = f.step)
                            AND (g.audiences >> f.audience) & 1 = 1) THEN 1 ELSE 0 END,
       CASE WHEN r.recipient_id IN (:orgs) OR r.site_org_id IN (:orgs)
              OR r.source_dept_id IN (:principals)
              OR EXISTS (SELECT 1 FROM report_helper h
                          WHERE h.report_id = r.id AND h.person_id = :person_id)
            THEN 1 ELSE 0 END,
       s.words
  FROM (SELECT x.doc FROM (SELECT c.doc FROM found c WHERE c.case_id IN (:case_ids)
                            UNION ALL
                           SELECT p.doc FROM found p
                            WHERE p.report_id IN (:report_ids) AND coalesce(p.case_id, '') = '') AS x
         WHERE x.doc < :before ORDER BY x.doc DESC LIMIT :most) AS y
  JOIN found f ON f.doc = y.doc
  JOIN found_set s ON s.doc = y.doc
  LEFT JOIN report r ON r.id = f.report_id
 ORDER BY y.doc DESC
 -- bounded: the inner LIMIT
;
