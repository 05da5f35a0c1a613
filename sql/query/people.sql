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
-- out  id str, login str, name_ja str, name_en str, email str, lang str, zone str, password str?, is_operator bool, is_auditor bool, must_change bool, muted bool, created i64, disabled i64?, rev i64
SELECT id, login, name_ja, name_en, email, lang, zone, password, is_operator, is_auditor,
       must_change, muted, created, disabled, rev
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

-- person_add :exec
-- in   id str, login str, name_ja str, name_en str, email str, lang str, zone str, password str?, is_operator bool, is_auditor bool, must_change bool, created i64
INSERT INTO person (id, login, name_ja, name_en, email, lang, zone, password, is_operator,
                    is_auditor, must_change, muted, created, disabled, rev)
VALUES (:id, :login, :name_ja, :name_en, :email, :lang, :zone, :password, :is_operator,
        :is_auditor, :must_change, 0, :created, NULL, 1);

-- person_put :exec1
-- in   id str, name_ja str, name_en str, email str, lang str, zone str, is_operator bool, is_auditor bool, muted bool, rev i64
UPDATE person SET name_ja = :name_ja, name_en = :name_en, email = :email, lang = :lang,
       zone = :zone, is_operator = :is_operator, is_auditor = :is_auditor, muted = :muted,
       rev = rev + 1
 WHERE id = :id AND rev = :rev;

-- person_password :exec1
-- in   id str, password str, must_change bool
UPDATE person SET password = :password, must_change = :must_change, rev = rev + 1
 WHERE id = :id;

-- person_disable :exec1
-- in   id str, at i64?, rev i64
UPDATE person SET disabled = :at, rev = rev + 1 WHERE id = :id AND rev = :rev;

-- operators_count :one
-- How many people beside this one can run the system.
-- in   but str
-- out  n i64
SELECT count(*) FROM person
 WHERE is_operator = 1 AND disabled IS NULL AND id <> :but;

-- person_list :list
-- in   part str?, org_id str?, enabled bool, operators bool
-- out  id str, login str, name_ja str, name_en str, email str, is_operator bool, is_auditor bool, must_change bool, disabled i64?
SELECT p.id, p.login, p.name_ja, p.name_en, p.email, p.is_operator, p.is_auditor, p.must_change,
       p.disabled
  FROM person p WHERE p.rev > 0
-- filter part
   AND (replace(p.login, :part, '') <> p.login OR replace(lower(p.name_ja), :part, '') <> lower(p.name_ja)
        OR replace(lower(p.name_en), :part, '') <> lower(p.name_en) OR replace(lower(p.email), :part, '') <> lower(p.email))
-- filter org_id
   AND EXISTS (SELECT 1 FROM membership m JOIN dept d ON d.id = m.dept_id
                WHERE m.person_id = p.id AND d.org_id = :org_id)
-- filter enabled
   AND p.disabled IS NULL
-- filter operators
   AND p.is_operator = 1
-- sort login asc   login = p.login
-- sort newest desc id = p.id
;

-- membership_get :one
-- in   person_id str, dept_id str
-- out  role str, since i64, until i64?
SELECT role, since, until FROM membership WHERE person_id = :person_id AND dept_id = :dept_id;

-- membership_put :exec
-- in   person_id str, dept_id str, role str, since i64, until i64?
INSERT INTO membership (person_id, dept_id, role, since, until)
VALUES (:person_id, :dept_id, :role, :since, :until)
    ON CONFLICT (person_id, dept_id)
    DO UPDATE SET role = excluded.role, since = excluded.since, until = excluded.until;

-- memberships_of :many
-- All of a person's, also those that have ended or not yet begun.
-- in   person_id str
-- out  dept_id str, dept_ja str, dept_en str, org_id str, org_slug str, org_ja str, org_en str, role str, since i64, until i64?
SELECT m.dept_id, d.name_ja, d.name_en, d.org_id, o.slug, o.name_ja, o.name_en, m.role, m.since,
       m.until
  FROM membership m JOIN dept d ON d.id = m.dept_id JOIN org o ON o.id = d.org_id
 WHERE m.person_id = :person_id ORDER BY m.dept_id LIMIT 500;

-- members_of :many
-- Who is in the departments of an organisation, also those that have ended.
-- in   org_id str
-- out  person_id str, login str, name_ja str, name_en str, disabled i64?, dept_id str, dept_ja str, dept_en str, role str, since i64, until i64?
SELECT m.person_id, p.login, p.name_ja, p.name_en, p.disabled, m.dept_id, d.name_ja, d.name_en,
       m.role, m.since, m.until
  FROM membership m JOIN dept d ON d.id = m.dept_id JOIN person p ON p.id = m.person_id
 WHERE d.org_id = :org_id ORDER BY m.dept_id, p.login
 -- bounded: as many as one organisation has
;

-- people_of_kind :many
-- Who acts now for organisations of a kind: the analysts whom reception may ask.
-- in   org_kind str, now i64
-- out  id str, name_ja str, name_en str, org_ja str, org_en str
SELECT DISTINCT p.id, p.name_ja, p.name_en, o.name_ja, o.name_en
  FROM person p
  JOIN membership m ON m.person_id = p.id
  JOIN dept d ON d.id = m.dept_id
  JOIN org o ON o.id = d.org_id
 WHERE o.kind = :org_kind AND o.disabled IS NULL AND d.disabled IS NULL AND p.disabled IS NULL
   AND m.since <= :now AND (m.until IS NULL OR m.until > :now)
 ORDER BY o.name_en, p.name_en, p.id LIMIT 500;

-- session_end_others :exec
-- in   person_id str, but blob
DELETE FROM session WHERE person_id = :person_id AND token_hash <> :but;

-- sessions_of :many
-- Where a person is signed in, the latest used first.
-- in   person_id str, seen_after i64, created_after i64
-- out  token_hash blob, created i64, seen i64
SELECT token_hash, created, seen FROM session
 WHERE person_id = :person_id AND seen >= :seen_after AND created >= :created_after
 ORDER BY seen DESC, token_hash LIMIT 500;

-- person_counts :one
-- What ends with an account: tokens that are good, and sessions.
-- in   person_id str, now i64, seen_after i64, created_after i64
-- out  tokens i64, sessions i64
SELECT (SELECT count(*) FROM api_token t
         WHERE t.person_id = :person_id AND t.revoked IS NULL
           AND (t.expires IS NULL OR t.expires > :now)),
       (SELECT count(*) FROM session s
         WHERE s.person_id = :person_id AND s.seen >= :seen_after
           AND s.created >= :created_after);

-- pulse_put :exec
-- in   name str, at i64
INSERT INTO pulse (name, at) VALUES (:name, :at)
    ON CONFLICT (name) DO UPDATE SET at = excluded.at;

-- pulses :many
-- out  name str, at i64
SELECT name, at FROM pulse ORDER BY name LIMIT 100;

-- token_add :exec
-- in   id str, person_id str, name str, token_hash blob, certificate str?, created i64, expires i64?
INSERT INTO api_token (id, person_id, name, token_hash, certificate, created, expires, used, revoked)
VALUES (:id, :person_id, :name, :token_hash, :certificate, :created, :expires, NULL, NULL);

-- tokens_of :many
-- in   person_id str
-- out  id str, name str, certificate str?, created i64, expires i64?, used i64?, revoked i64?
SELECT id, name, certificate, created, expires, used, revoked FROM api_token
 WHERE person_id = :person_id ORDER BY id DESC LIMIT 500;

-- token_revoke :exec1
-- in   id str, person_id str, at i64
UPDATE api_token SET revoked = :at
 WHERE id = :id AND person_id = :person_id AND revoked IS NULL;

-- tokens_revoke_all :exec
-- in   person_id str, at i64
UPDATE api_token SET revoked = :at WHERE person_id = :person_id AND revoked IS NULL;

-- people_of_org_kind :many
-- Who acts now for organisations of that kind, to choose one.
-- in   kind str, now i64
-- out  id str, name_ja str, name_en str, org_ja str, org_en str
SELECT DISTINCT p.id, p.name_ja, p.name_en, o.name_ja, o.name_en
  FROM membership m
  JOIN person p ON p.id = m.person_id
  JOIN dept d ON d.id = m.dept_id
  JOIN org o ON o.id = d.org_id
 WHERE o.kind = :kind AND o.disabled IS NULL AND p.disabled IS NULL AND m.since <= :now
   AND (m.until IS NULL OR m.until > :now)
 ORDER BY o.name_en, p.name_en, p.id LIMIT 5000;
