-- publication_list :list
-- What the portal lists in one language.
-- in   lang str, since i64?, until i64?, updated_since i64?, score_from i64?, score_to i64?, critical bool, vendor str?, status str?, of_status str, ident str?, cve str?
-- out  number str, published i64, updated i64, withdrawn i64?, severity i64, critical bool, title str, title_sort str, vendors str, cves str, cwes str
SELECT p.number, p.published, p.updated, p.withdrawn, p.severity, p.critical, p.title,
       p.title_sort, p.vendors, p.cves, p.cwes
  FROM publication p WHERE p.lang = :lang
-- filter since
   AND p.published >= :since
-- filter until
   AND p.published < :until
-- filter updated_since
   AND p.updated >= :updated_since
-- filter score_from
   AND p.severity >= :score_from
-- filter score_to
   AND p.severity <= :score_to
-- filter critical
   AND p.critical = 1
-- filter vendor
   AND EXISTS (SELECT 1 FROM publication_vendor v WHERE v.number = p.number
                AND replace(v.names, :vendor, '') <> v.names
                AND (:of_status = '' OR v.status = :of_status))
-- filter status
   AND EXISTS (SELECT 1 FROM publication_vendor v
                WHERE v.number = p.number AND v.status = :status)
-- filter ident
   AND EXISTS (SELECT 1 FROM publication_id i WHERE i.id = :ident AND i.number = p.number)
-- filter cve
   AND EXISTS (SELECT 1 FROM publication_id i WHERE i.id = :cve AND i.number = p.number)
-- sort published desc  published = p.published, number = p.number
-- sort updated desc    updated = p.updated, number = p.number
-- sort severity desc   severity = p.severity, number = p.number
-- sort title asc       title_sort = p.title_sort, number = p.number
;

-- publication_places :many
-- All that is public, for programs that visit every page.
-- in   most i64
-- out  number str, lang str, updated i64
SELECT number, lang, updated FROM publication ORDER BY number, lang LIMIT :most;

-- publication_dates :one
-- in   number str, lang str
-- out  published i64, updated i64
SELECT published, updated FROM publication WHERE number = :number AND lang = :lang;

-- published_between :one
-- First publications (of the Japanese text) in a span of time.
-- in   since i64, until i64
-- out  n i64
SELECT count(*) FROM publication
 WHERE lang = 'ja' AND published >= :since AND published < :until;

-- published_scores :one
-- in   low i64, high i64
-- out  n i64
SELECT count(*) FROM publication
 WHERE lang = 'ja' AND severity >= :low AND severity <= :high;

-- published_origins :many
-- out  origin str, n i64
SELECT origin, count(*) FROM publication WHERE lang = 'ja' GROUP BY origin ORDER BY origin LIMIT 10;

-- published_days :one
-- How many were published so long after their acceptance.
-- in   low i64, high i64, since i64, until i64
-- out  n i64
SELECT count(*) FROM publication
 WHERE lang = 'ja' AND accepted IS NOT NULL AND published - accepted >= :low
   AND published - accepted < :high AND published >= :since AND published < :until;

-- published_of_origin :one
-- in   origin str, since i64, until i64
-- out  n i64
SELECT count(*) FROM publication
 WHERE lang = 'ja' AND origin = :origin AND published >= :since AND published < :until;

-- reports_between :one
-- Reports that bodies received, not those of direct cases.  Two ranges for "not", so that vendors
-- are not walked through; coalesce: so that SQLite goes by the time.
-- in   since i64, until i64
-- out  product i64, website i64
SELECT coalesce(sum(CASE WHEN r.kind <> 'website' THEN 1 ELSE 0 END), 0),
       coalesce(sum(CASE WHEN r.kind = 'website' THEN 1 ELSE 0 END), 0)
  FROM report r
 WHERE r.received >= :since AND r.received < :until
   AND coalesce(r.recipient_id, '') IN (SELECT o.id FROM org o
                                         WHERE o.kind < 'vendor' OR o.kind > 'vendor');

-- report_first :one
-- out  received i64?
SELECT min(r.received) FROM report r JOIN org o ON o.id = r.recipient_id WHERE o.kind <> 'vendor';

-- report_states :one
-- Product reports by state.
-- out  received i64, accepted i64, refused i64, published i64, ended i64
SELECT coalesce(sum(CASE WHEN r.accepted IS NULL AND r.refused IS NULL THEN 1 ELSE 0 END), 0),
       coalesce(sum(CASE WHEN r.accepted IS NOT NULL AND r.ended IS NULL THEN 1 ELSE 0 END), 0),
       coalesce(sum(CASE WHEN r.refused IS NOT NULL THEN 1 ELSE 0 END), 0),
       coalesce(sum(CASE WHEN r.accepted IS NOT NULL AND r.disposition = 'end_published'
                         THEN 1 ELSE 0 END), 0),
       coalesce(sum(CASE WHEN r.accepted IS NOT NULL AND r.ended IS NOT NULL
                          AND r.disposition <> 'end_published' THEN 1 ELSE 0 END), 0)
  FROM report r JOIN org o ON o.id = r.recipient_id
 WHERE o.kind <> 'vendor' AND r.kind <> 'website';

-- website_fixed :one
-- Website reports that ended with a fix in a span of time; within: so soon after the notice.
-- in   since i64, until i64, within i64
-- out  n i64, soon i64
SELECT count(*),
       coalesce(sum(CASE WHEN r.ended - r.site_notified <= :within THEN 1 ELSE 0 END), 0)
  FROM report r
 WHERE r.kind = 'website' AND r.ended >= :since AND r.ended < :until
   AND r.disposition IN ('end_modified', 'end_deleted', 'end_operation');

-- vendors_registered :one
-- out  n i64
SELECT count(*) FROM org WHERE kind = 'vendor' AND registration <> '' AND disabled IS NULL;

-- publication_all :many
-- What is public in one language, oldest change first, after a row; for public files.
-- in   lang str, updated i64, number str, most i64
-- out  number str, revision i64, published i64, updated i64, title str
SELECT number, revision, published, updated, title FROM publication
 WHERE lang = :lang AND (updated > :updated OR (updated = :updated AND number > :number))
 ORDER BY updated, number LIMIT :most;
