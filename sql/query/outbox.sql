-- outbox_due :many
-- What is to be done now, the oldest first; mails: 0 without them.
-- in   now i64, mails i64, most i64
-- out  id str, kind str, due i64, tries i64, content sealed
SELECT id, kind, due, tries, content FROM outbox
 WHERE due <= :now AND done IS NULL AND (kind <> 'mail' OR :mails = 1) ORDER BY due, id LIMIT :most;

-- outbox_claim :exec1
-- Take a row for a while, unless somebody else did meanwhile.
-- in   id str, due i64, until i64
UPDATE outbox SET due = :until, tries = tries + 1
 WHERE id = :id AND due = :due AND done IS NULL;

-- notice_people :many
-- Who of a department, or which person, wants mail.
-- in   principal str, now i64
-- out  id str
SELECT p.id FROM membership m
  JOIN person p ON p.id = m.person_id
  JOIN dept d ON d.id = m.dept_id
  JOIN org o ON o.id = d.org_id
 WHERE m.dept_id = :principal AND m.since <= :now AND (m.until IS NULL OR m.until > :now)
   AND d.disabled IS NULL AND o.disabled IS NULL AND p.disabled IS NULL AND p.email <> ''
   AND p.muted = 0
UNION
SELECT p.id FROM person p
 WHERE p.id = :principal AND p.disabled IS NULL AND p.email <> '' AND p.muted = 0
 ORDER BY 1
 LIMIT 1000;

-- outbox_get :one
-- in   id str
-- out  kind str, tries i64, done i64?, content sealed
SELECT kind, tries, done, content FROM outbox WHERE id = :id;

-- outbox_take :exec1
-- Take a row whose whole work is within this write.
-- in   id str, due i64, at i64
UPDATE outbox SET done = :at WHERE id = :id AND due = :due AND done IS NULL;

-- outbox_done :exec1
-- in   id str, at i64
UPDATE outbox SET done = :at WHERE id = :id AND done IS NULL;

-- outbox_later :exec1
-- in   id str, due i64
UPDATE outbox SET due = :due WHERE id = :id AND done IS NULL;

-- outbox_fail :exec1
-- Given up: nobody tries again until somebody says so.
-- in   id str, at i64, why str
UPDATE outbox SET done = :at, failed = :why WHERE id = :id AND done IS NULL;

-- outbox_again :exec1
-- in   id str, now i64
UPDATE outbox SET done = NULL, failed = NULL, tries = 0, due = :now
 WHERE id = :id AND failed IS NOT NULL;

-- outbox_letters :many
-- What was given up, the newest first.
-- in   most i64
-- out  id str, kind str, tries i64, done i64, failed str, content sealed
SELECT id, kind, tries, done, failed, content FROM outbox
 WHERE failed IS NOT NULL ORDER BY done DESC, id DESC LIMIT :most;

-- outbox_mail :exec
-- in   id str, now i64, topic blob, content sealed
INSERT INTO outbox (id, kind, due, tries, done, topic, content)
VALUES (:id, 'mail', :now, 0, NULL, :topic, :content);

-- outbox_waits :one
-- Whether a mail that says the same has not been tried yet.
-- in   topic blob
-- out  n i64
SELECT count(*) FROM outbox WHERE topic = :topic AND done IS NULL AND tries = 0;

-- outbox_stale :exec
-- Mails that nobody could send for so long that they are no news any more.
-- in   before i64, at i64
UPDATE outbox SET done = :at WHERE done IS NULL AND kind = 'mail' AND due < :before;

-- outbox_content :exec1
-- in   id str, content sealed
UPDATE outbox SET content = :content WHERE id = :id AND done IS NULL;

-- outbox_sweep :exec
-- What was done long ago; what was given up is kept for longer.
-- in   before i64, failed_before i64
DELETE FROM outbox WHERE done < :before AND (failed IS NULL OR done < :failed_before);

-- outbox_state :one
-- in   now i64
-- out  waiting i64, due i64
SELECT count(*), coalesce(sum(CASE WHEN due <= :now THEN 1 ELSE 0 END), 0)
  FROM outbox WHERE done IS NULL;

-- outbox_health :one
-- What waits to leave: how much of it is due, how much was tried in vain, since when; and how
-- much was given up.
-- in   now i64
-- out  waiting i64, due i64, failed i64, oldest i64?, given_up i64
SELECT count(*), coalesce(sum(CASE WHEN due <= :now THEN 1 ELSE 0 END), 0),
       coalesce(sum(CASE WHEN tries > 0 THEN 1 ELSE 0 END), 0), min(due),
       (SELECT count(*) FROM outbox WHERE failed IS NOT NULL)
  FROM outbox WHERE done IS NULL;

-- outbox_of_kind :many
-- in   kind str, most i64
-- out  id str, content sealed
SELECT id, content FROM outbox WHERE kind = :kind AND done IS NULL ORDER BY due, id LIMIT :most;
