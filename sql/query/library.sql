-- library_of_key :one
-- in   publisher str, doc_id str, edition str
-- out  id str, doc i64, revision i64, content sealed, sha256 str
SELECT e.id, e.doc, e.revision, e.content, r.sha256
  FROM library_entry e JOIN library_revision r ON r.entry_id = e.id AND r.n = e.revision
 WHERE e.publisher = :publisher AND e.doc_id = :doc_id AND e.edition = :edition;

-- library_next :one
-- The number of a new entry.
-- out  doc i64
SELECT coalesce(max(doc), 0) + 1 FROM library_entry;
-- postgres
SELECT nextval('library_doc');

-- library_top :one
-- out  doc i64
SELECT coalesce(max(doc), 0) FROM library_entry;

-- library_add :exec
-- in   id str, doc i64, publisher str, doc_id str, edition str, open bool, at i64, score i64, content sealed
INSERT INTO library_entry (id, doc, publisher, doc_id, edition, open, at, score, revision, content)
VALUES (:id, :doc, :publisher, :doc_id, :edition, :open, :at, :score, 1, :content);

-- library_change :exec1
-- in   id str, revision i64, open bool, at i64, score i64, content sealed
UPDATE library_entry
   SET revision = :revision, open = :open, at = :at, score = :score, content = :content
 WHERE id = :id;

-- library_revision_add :exec
-- in   entry_id str, n i64, open bool, version str, updated i64?, imported i64, person_id str?, source str, provider str?, sha256 str, signature str, signed_by str?
INSERT INTO library_revision (entry_id, n, open, version, updated, imported, person_id, source,
                              provider, sha256, signature, signed_by)
VALUES (:entry_id, :n, :open, :version, :updated, :imported, :person_id, :source, :provider,
        :sha256, :signature, :signed_by);

-- library_document_add :exec
-- in   sha256 str, body sealed
INSERT INTO library_document (sha256, body) VALUES (:sha256, :body)
    ON CONFLICT (sha256) DO NOTHING;

-- library_document_of :one
-- in   sha256 str
-- out  body sealed
SELECT body FROM library_document WHERE sha256 = :sha256;

-- library_cves_drop :exec
-- in   entry_id str
DELETE FROM library_cve WHERE entry_id = :entry_id;

-- library_cves_add :exec
-- cves: JSON, an array.
-- in   entry_id str, cves str
INSERT INTO library_cve (cve, entry_id) SELECT value, :entry_id FROM json_each(:cves);
-- postgres
INSERT INTO library_cve (cve, entry_id)
SELECT value, :entry_id FROM json_array_elements_text(CAST(CAST(:cves AS TEXT) AS json));

-- library_words_drop :exec
-- in   doc i64
DELETE FROM library_words WHERE rowid = :doc;
-- postgres
DELETE FROM library_words WHERE doc = :doc;

-- library_words_add :exec
-- in   doc i64, words str
INSERT INTO library_words (rowid, words) VALUES (:doc, :words);
-- postgres
INSERT INTO library_words (doc, words)
VALUES (:doc, array_to_tsvector(string_to_array(:words, ' ')));

-- library_list :list
-- in   all bool, cve str?, publisher str?, score_from i64?, score_to i64?, since i64?, until i64?
-- out  id str, doc i64, open bool, at i64, score i64, content sealed
SELECT e.id, e.doc, e.open, e.at, e.score, e.content
  FROM library_entry e WHERE (e.open = 1 OR :all = 1)
-- filter cve
   AND EXISTS (SELECT 1 FROM library_cve c WHERE c.cve = :cve AND c.entry_id = e.id)
-- filter publisher
   AND e.publisher = :publisher
-- filter score_from
   AND e.score >= :score_from
-- filter score_to
   AND e.score <= :score_to
-- filter since
   AND e.at >= :since
-- filter until
   AND e.at < :until
-- sort newest desc    at = e.at, id = e.id
-- sort oldest asc     at = e.at, id = e.id
-- sort severity desc  score = e.score, id = e.id
;

-- library_scan :many
-- Entries with all words, below a number, newest first.  query: in the engine's own writing.
-- in   query str, before i64, most i64
-- out  doc i64, id str, publisher str, open bool, at i64, score i64, content sealed
SELECT e.doc, e.id, e.publisher, e.open, e.at, e.score, e.content
  FROM (SELECT rowid AS doc FROM library_words
         WHERE library_words MATCH :query AND rowid < :before
         ORDER BY rowid DESC LIMIT :most) AS x
  JOIN library_entry e ON e.doc = x.doc
 ORDER BY x.doc DESC
 -- bounded: the inner LIMIT
;
-- postgres
SELECT e.doc, e.id, e.publisher, e.open, e.at, e.score, e.content
  FROM (SELECT doc FROM library_words
         WHERE words @@ CAST(CAST(:query AS TEXT) AS tsquery) AND doc + 0 < :before
         ORDER BY doc + 0 DESC LIMIT :most) AS x
  JOIN library_entry e ON e.doc = x.doc
 ORDER BY x.doc DESC;

-- library_of_cves :many
-- in   cves str[], all bool, most i64
-- out  id str, doc i64, open bool, at i64, score i64, content sealed
SELECT e.id, e.doc, e.open, e.at, e.score, e.content FROM library_entry e
 WHERE e.id IN (SELECT c.entry_id FROM library_cve c WHERE c.cve IN (:cves))
   AND (e.open = 1 OR :all = 1)
 ORDER BY e.at DESC, e.id DESC LIMIT :most;

-- library_get :one
-- in   id str
-- out  id str, doc i64, open bool, at i64, score i64, content sealed
SELECT id, doc, open, at, score, content FROM library_entry WHERE id = :id;

-- library_revisions :many
-- Newest first.
-- in   entry_id str, all bool, most i64
-- out  n i64, open bool, version str, updated i64?, imported i64, source str, provider str?, sha256 str, signature str, signed_by str?
SELECT n, open, version, updated, imported, source, provider, sha256, signature, signed_by
  FROM library_revision WHERE entry_id = :entry_id AND (open = 1 OR :all = 1)
 ORDER BY n DESC LIMIT :most;

-- library_publishers :many
-- in   all bool, most i64
-- out  publisher str, n i64
SELECT publisher, count(*) FROM library_entry WHERE (open = 1 OR :all = 1)
 GROUP BY publisher ORDER BY publisher LIMIT :most;

-- library_seen_of :one
-- in   url str
-- out  updated str, sha256 str
SELECT updated, sha256 FROM library_seen WHERE url = :url;

-- library_seen_put :exec
-- in   url str, provider str, updated str, sha256 str
INSERT INTO library_seen (url, provider, updated, sha256)
VALUES (:url, :provider, :updated, :sha256)
    ON CONFLICT (url) DO UPDATE SET provider = excluded.provider, updated = excluded.updated,
                                    sha256 = excluded.sha256;

-- library_provider_put :exec
-- in   url str, name str, kind str, checked i64, documents i64, refused i64
INSERT INTO library_provider (url, name, kind, checked, documents, refused)
VALUES (:url, :name, :kind, :checked, :documents, :refused)
    ON CONFLICT (url) DO UPDATE SET name = excluded.name, kind = excluded.kind,
           checked = excluded.checked, documents = excluded.documents, refused = excluded.refused;

-- library_providers :many
-- in   most i64
-- out  url str, name str, kind str, checked i64, documents i64, refused i64
SELECT url, name, kind, checked, documents, refused FROM library_provider
 ORDER BY checked DESC, url LIMIT :most;
