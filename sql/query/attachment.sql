-- attachment_add :exec
-- A file that has come in and has no place yet: nobody may read it.
-- in   id str, at i64, person_id str?, claim blob, name sealed, type str, size i64, hash blob
INSERT INTO attachment (id, case_id, report_id, text_id, audience, lane, step, at, person_id,
                        claim, name, type, size, hash)
VALUES (:id, NULL, NULL, NULL, 0, '', '', :at, :person_id, :claim, :name, :type, :size, :hash);

-- attachment_unplaced :one
-- in   id str
-- out  claim blob?, name sealed, type str, size i64, hash blob
SELECT claim, name, type, size, hash FROM attachment WHERE id = :id;

-- attachment_place :exec1
-- Give it its place, once, by what its sender was given.
-- in   id str, claim blob, case_id str?, report_id str?, text_id str?, audience i64, lane str, step str
UPDATE attachment
   SET case_id = :case_id, report_id = :report_id, text_id = :text_id, audience = :audience,
       lane = :lane, step = :step, claim = NULL
 WHERE id = :id AND claim = :claim;

-- attachment_get :one
-- in   id str
-- out  id str, case_id str?, report_id str?, audience i64, lane str, step str, claim blob?, name sealed, type str, size i64, hash blob
SELECT id, case_id, report_id, audience, lane, step, claim, name, type, size, hash
  FROM attachment WHERE id = :id;

-- attachments_of_report :many
-- in   report_id str
-- out  id str, text_id str?, audience i64, lane str, step str, at i64, name sealed, type str, size i64, hash blob
SELECT id, text_id, audience, lane, step, at, name, type, size, hash
  FROM attachment WHERE report_id = :report_id ORDER BY id
 LIMIT 2000;

-- attachments_of_case :many
-- in   case_id str
-- out  id str, report_id str?, text_id str?, audience i64, lane str, step str, at i64, name sealed, type str, size i64, hash blob
SELECT id, report_id, text_id, audience, lane, step, at, name, type, size, hash
  FROM attachment WHERE case_id = :case_id ORDER BY id
 LIMIT 2000;

-- attachment_total :one
-- What a report, or a case, holds already.
-- in   case_id str?, report_id str?
-- out  n i64, bytes i64
SELECT count(*), CAST(coalesce(sum(size), 0) AS INT64) FROM attachment
 WHERE report_id = :report_id OR case_id = :case_id;

-- attachments_stale :many
-- Those that never got a place.
-- in   before i64
-- out  id str
SELECT id FROM attachment WHERE claim IS NOT NULL AND at < :before ORDER BY at LIMIT 100;

-- attachment_drop :exec
-- in   id str
DELETE FROM attachment WHERE id = :id AND claim IS NOT NULL;

-- chunk_add :exec
-- in   attachment_id str, seq i64, body sealed
INSERT INTO attachment_chunk (attachment_id, seq, body) VALUES (:attachment_id, :seq, :body);

-- chunk_get :one
-- in   attachment_id str, seq i64
-- out  body sealed
SELECT body FROM attachment_chunk WHERE attachment_id = :attachment_id AND seq = :seq;

-- chunks_drop :exec
-- Of a file that has no place.
-- in   attachment_id str
DELETE FROM attachment_chunk
 WHERE attachment_id = :attachment_id
   AND EXISTS (SELECT 1 FROM attachment a WHERE a.id = attachment_id AND a.claim IS NOT NULL);
