-- outbox_due :many
-- What is to be done now, the oldest first.
-- in   now i64, most i64
-- out  id str, kind str, tries i64, content sealed
SELECT id, kind, tries, content FROM outbox
 WHERE due <= :now AND done IS NULL ORDER BY due, id LIMIT :most;

-- outbox_get :one
-- in   id str
-- out  kind str, tries i64, done i64?, content sealed
SELECT kind, tries, done, content FROM outbox WHERE id = :id;

-- outbox_done :exec1
-- in   id str, at i64
UPDATE outbox SET done = :at WHERE id = :id AND done IS NULL;

-- outbox_later :exec1
-- in   id str, due i64
UPDATE outbox SET due = :due, tries = tries + 1 WHERE id = :id AND done IS NULL;

-- outbox_content :exec1
-- in   id str, content sealed
UPDATE outbox SET content = :content WHERE id = :id AND done IS NULL;

-- outbox_sweep :exec
-- What was done long ago.
-- in   before i64
DELETE FROM outbox WHERE done < :before;

-- outbox_state :one
-- in   now i64
-- out  waiting i64, due i64
SELECT count(*), coalesce(sum(CASE WHEN due <= :now THEN 1 ELSE 0 END), 0)
  FROM outbox WHERE done IS NULL;

-- outbox_health :one
-- What waits to leave: how much of it is due, how much was tried in vain, since when.
-- in   now i64
-- out  waiting i64, due i64, failed i64, oldest i64?
SELECT count(*), coalesce(sum(CASE WHEN due <= :now THEN 1 ELSE 0 END), 0),
       coalesce(sum(CASE WHEN tries > 0 THEN 1 ELSE 0 END), 0), min(due)
  FROM outbox WHERE done IS NULL;

-- outbox_of_kind :many
-- in   kind str, most i64
-- out  id str, content sealed
SELECT id, content FROM outbox WHERE kind = :kind AND done IS NULL ORDER BY due, id LIMIT :most;
