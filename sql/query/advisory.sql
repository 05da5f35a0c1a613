-- advisory_of :one
-- in   case_id str
-- out  id str, number str, created i64, rev i64
SELECT id, number, created, rev FROM advisory WHERE case_id = :case_id;

-- advisory_add :exec
-- in   id str, case_id str, number str, created i64
INSERT INTO advisory (id, case_id, number, created, rev)
VALUES (:id, :case_id, :number, :created, 1);

-- advisory_next :exec1
-- in   id str, rev i64
UPDATE advisory SET rev = rev + 1 WHERE id = :id AND rev = :rev;

-- advisory_text_add :exec
-- in   id str, advisory_id str, lang str, revision i64, at i64, person_id str?, of_revision i64?, content sealed
INSERT INTO advisory_text (id, advisory_id, lang, revision, at, person_id, of_revision, content)
VALUES (:id, :advisory_id, :lang, :revision, :at, :person_id, :of_revision, :content);

-- advisory_text_last :one
-- The newest state of one language up to a revision.
-- in   advisory_id str, lang str, revision i64
-- out  id str, revision i64, at i64, person_id str?, of_revision i64?, content sealed
SELECT id, revision, at, person_id, of_revision, content FROM advisory_text
 WHERE advisory_id = :advisory_id AND lang = :lang AND revision <= :revision
 ORDER BY revision DESC LIMIT 1;

-- advisory_asked_add :exec
-- in   id str, advisory_id str, at i64, person_id str, ja i64, en i64
INSERT INTO advisory_asked (id, advisory_id, at, person_id, ja, en)
VALUES (:id, :advisory_id, :at, :person_id, :ja, :en);

-- advisory_asked_of :many
-- in   advisory_id str
-- out  at i64, ja i64, en i64
SELECT at, ja, en FROM advisory_asked WHERE advisory_id = :advisory_id ORDER BY id DESC LIMIT 500;

-- publication_get :one
-- in   number str, lang str
-- out  number str, lang str, case_id str, revision i64, published i64, updated i64, withdrawn i64?, origin str, accepted i64?, severity i64, critical bool, title str, vendors str, cves str, cwes str, content str
SELECT number, lang, case_id, revision, published, updated, withdrawn, origin, accepted, severity,
       critical, title, vendors, cves, cwes, content
  FROM publication WHERE number = :number AND lang = :lang;

-- publications_of :many
-- in   case_id str
-- out  number str, lang str, revision i64, published i64, updated i64, withdrawn i64?, critical bool, content str
SELECT number, lang, revision, published, updated, withdrawn, critical, content FROM publication
 WHERE case_id = :case_id ORDER BY lang LIMIT 2;

-- publication_put :exec
-- in   number str, lang str, case_id str, revision i64, published i64, updated i64, withdrawn i64?, origin str, accepted i64?, severity i64, critical bool, title str, title_sort str, vendors str, cves str, cwes str, content str
INSERT INTO publication (number, lang, case_id, revision, published, updated, withdrawn, origin,
                         accepted, severity, critical, title, title_sort, vendors, cves, cwes,
                         content)
VALUES (:number, :lang, :case_id, :revision, :published, :updated, :withdrawn, :origin, :accepted,
        :severity, :critical, :title, :title_sort, :vendors, :cves, :cwes, :content)
    ON CONFLICT (number, lang) DO UPDATE SET revision = excluded.revision,
       updated = excluded.updated, withdrawn = excluded.withdrawn, severity = excluded.severity,
       critical = excluded.critical, title = excluded.title, title_sort = excluded.title_sort,
       vendors = excluded.vendors, cves = excluded.cves, cwes = excluded.cwes,
       content = excluded.content;

-- publication_vendor_add :exec
-- in   number str, org_id str, status str, names str
INSERT INTO publication_vendor (number, org_id, status, names)
VALUES (:number, :org_id, :status, :names)
    ON CONFLICT (number, org_id) DO UPDATE SET status = excluded.status, names = excluded.names;

-- publication_vendor_drop :exec
-- in   number str
DELETE FROM publication_vendor WHERE number = :number;

-- publication_id_add :exec
-- in   id str, number str
INSERT INTO publication_id (id, number) VALUES (:id, :number) ON CONFLICT (id, number) DO NOTHING;

-- publication_id_drop :exec
-- in   number str
DELETE FROM publication_id WHERE number = :number;

-- publication_of_id :many
-- Which advisories are about a CVE or CWE.
-- in   id str
-- out  number str
SELECT number FROM publication_id WHERE id = :id ORDER BY number LIMIT 2;

-- advisory_list :list
-- Advisories of cases whose drafts the principals may read (audience 13 of enum audience).
-- in   principals str[], published i64?
-- out  case_id str, number str, created i64, asked i64?, planned i64?, published i64?
SELECT a.case_id, a.number, a.created, c.draft_asked, i.planned, i.published
  FROM advisory a
  JOIN cases c ON c.id = a.case_id
  JOIN case_index i ON i.case_id = a.case_id
 WHERE EXISTS (SELECT 1 FROM grant_ g
                WHERE g.case_id = a.case_id AND g.principal IN (:principals) AND g.lane = ''
                  AND g.step = '' AND (g.audiences >> 13) & 1 = 1)
-- filter published
   AND (i.published IS NOT NULL) = (:published = 1)
-- sort newest desc  case_id = a.case_id
;
