-- session_get :one
-- A session by the hash of its token.
-- in   token_hash blob
-- out  person_id str?, report_id str?, created i64, seen i64
SELECT person_id, report_id, created, seen FROM session WHERE token_hash = :token_hash;

-- session_add :exec
-- in   token_hash blob, person_id str?, report_id str?, created i64
INSERT INTO session (token_hash, person_id, report_id, created, seen)
VALUES (:token_hash, :person_id, :report_id, :created, :created);

-- session_seen :exec
-- in   token_hash blob, seen i64
UPDATE session SET seen = :seen WHERE token_hash = :token_hash;

-- session_end :exec
-- in   token_hash blob
DELETE FROM session WHERE token_hash = :token_hash;

-- session_end_all :exec
-- All sessions of a person, for a changed password or a disabled account.
-- in   person_id str
DELETE FROM session WHERE person_id = :person_id;

-- session_sweep :exec
-- Those idle or too old.
-- in   seen_before i64, created_before i64
DELETE FROM session WHERE seen < :seen_before OR created < :created_before;

-- token_get :one
-- An API token by its hash, if it is good now.
-- in   token_hash blob, now i64
-- out  id str, person_id str, used i64?
SELECT id, person_id, used FROM api_token
 WHERE token_hash = :token_hash AND revoked IS NULL AND (expires IS NULL OR expires > :now);

-- token_used :exec
-- in   id str, used i64
UPDATE api_token SET used = :used WHERE id = :id;

-- person_get :one
-- in   id str
-- out  id str, login str, name_ja str, name_en str, email str, lang str, zone str, password str?, is_operator bool, is_auditor bool, disabled i64?, rev i64
SELECT id, login, name_ja, name_en, email, lang, zone, password, is_operator, is_auditor,
       disabled, rev
  FROM person WHERE id = :id;

-- person_by_login :one
-- in   login str
-- out  id str, password str?, disabled i64?
SELECT id, password, disabled FROM person WHERE login = :login;

-- memberships :many
-- The departments that a person acts for now, with the kinds each answers for.
-- in   person_id str, now i64
-- out  dept_id str, dept_ja str, dept_en str, role str, org_id str, org_kind str, org_ja str, org_en str, kind str?
SELECT m.dept_id, d.name_ja, d.name_en, m.role, d.org_id, o.kind, o.name_ja, o.name_en, k.kind
  FROM membership m
  JOIN dept d ON d.id = m.dept_id
  JOIN org o ON o.id = d.org_id
  LEFT JOIN dept_kind k ON k.dept_id = m.dept_id
 WHERE m.person_id = :person_id AND m.since <= :now AND (m.until IS NULL OR m.until > :now)
   AND d.disabled IS NULL AND o.disabled IS NULL
 ORDER BY m.dept_id, k.kind
 LIMIT 500;

-- throttle_get :one
-- in   bucket blob
-- out  since i64, n i64
SELECT since, n FROM throttle WHERE bucket = :bucket;

-- throttle_put :exec
-- in   bucket blob, since i64, n i64
INSERT INTO throttle (bucket, since, n) VALUES (:bucket, :since, :n)
    ON CONFLICT (bucket) DO UPDATE SET since = excluded.since, n = excluded.n;

-- throttle_clear :exec
-- in   bucket blob
DELETE FROM throttle WHERE bucket = :bucket;

-- throttle_sweep :exec
-- in   before i64
DELETE FROM throttle WHERE since < :before;

-- once_get :one
-- in   key_hash blob
-- out  body_hash blob, status i64, response blob, created i64
SELECT body_hash, status, response, created FROM once WHERE key_hash = :key_hash;

-- once_add :exec
-- Reserve a once-token in the same transaction as its act; status 0 until the answer is known.
-- in   key_hash blob, body_hash blob, response blob, created i64
INSERT INTO once (key_hash, body_hash, status, response, created)
VALUES (:key_hash, :body_hash, 0, :response, :created);

-- once_answer :exec
-- in   key_hash blob, status i64, response blob
UPDATE once SET status = :status, response = :response WHERE key_hash = :key_hash;

-- once_sweep :exec
-- in   before i64
DELETE FROM once WHERE created < :before;

-- setting_get :one
-- in   key str
-- out  value str, rev i64
SELECT value, rev FROM setting WHERE key = :key;

-- settings :many
-- out  key str, value str, rev i64
SELECT key, value, rev FROM setting ORDER BY key LIMIT 500;

-- setting_add :exec
-- in   key str, value str
INSERT INTO setting (key, value, rev) VALUES (:key, :value, 1);

-- setting_put :exec1
-- in   key str, value str, rev i64
UPDATE setting SET value = :value, rev = rev + 1 WHERE key = :key AND rev = :rev;

-- secret_get :one
-- in   name str
-- out  value blob
SELECT value FROM secret WHERE name = :name;

-- secret_add :exec
-- in   name str, value blob
INSERT INTO secret (name, value) VALUES (:name, :value);

-- generation_get :one
-- out  n i64
SELECT n FROM generation WHERE one = 1;

-- generation_next :exec1
UPDATE generation SET n = n + 1 WHERE one = 1;

-- person_seat_kind :one
-- Whether a person acts now for an organisation of that kind.
-- in   person_id str, org_kind str, now i64
-- out  dept_id str
SELECT m.dept_id FROM membership m
  JOIN dept d ON d.id = m.dept_id
  JOIN org o ON o.id = d.org_id
 WHERE m.person_id = :person_id AND o.kind = :org_kind AND m.since <= :now
   AND (m.until IS NULL OR m.until > :now) LIMIT 1;
