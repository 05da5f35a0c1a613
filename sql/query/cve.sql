-- cve_account_get :one
-- in   name str
-- out  url str, org str, username str, org_uuid str?, key_box blob, changed i64, rev i64
SELECT url, org, username, org_uuid, key_box, changed, rev FROM cve_account WHERE name = :name;

-- cve_account_drop :exec
-- in   name str
DELETE FROM cve_account WHERE name = :name;

-- cve_account_add :exec
-- in   name str, url str, org str, username str, org_uuid str?, key_box blob, changed i64, rev i64
INSERT INTO cve_account (name, url, org, username, org_uuid, key_box, changed, rev)
VALUES (:name, :url, :org, :username, :org_uuid, :key_box, :changed, :rev);

-- cve_account_uuid :exec1
-- in   name str, org_uuid str, rev i64
UPDATE cve_account SET org_uuid = :org_uuid WHERE name = :name AND rev = :rev;

-- cve_job_add :exec
-- in   id str, kind str, case_id str?, vuln_id str?, person_id str?, cve str?, amount i64, year i64, batch str, body sealed, made i64
INSERT INTO cve_job (id, kind, state, case_id, vuln_id, person_id, cve, amount, year, batch, body,
                     made, due, tries)
VALUES (:id, :kind, 'planned', :case_id, :vuln_id, :person_id, :cve, :amount, :year, :batch, :body,
        :made, :made, 0);

-- cve_job_get :one
-- in   id str
-- out  id str, kind str, state str, case_id str?, vuln_id str?, cve str?, amount i64, year i64, batch str, body sealed, known str?, made i64, due i64, tries i64, claim str?, error str?, message str?, ended i64?
SELECT id, kind, state, case_id, vuln_id, cve, amount, year, batch, body, known, made, due, tries,
       claim, error, message, ended
  FROM cve_job WHERE id = :id;

-- cve_jobs_due :many
-- in   now i64, most i64
-- out  id str
SELECT id FROM cve_job WHERE ended IS NULL AND due <= :now ORDER BY due, id LIMIT :most;

-- cve_jobs_open :many
-- What is not over: of a kind, or of one number.
-- in   kind str, cve str
-- out  id str
SELECT id FROM cve_job WHERE ended IS NULL AND (kind = :kind OR cve = :cve) ORDER BY id LIMIT 1000;

-- cve_jobs_of :many
-- in   case_id str
-- out  id str, kind str, state str, vuln_id str?, cve str?, amount i64, made i64, due i64, tries i64, error str?, message str?, ended i64?
SELECT id, kind, state, vuln_id, cve, amount, made, due, tries, error, message, ended
  FROM cve_job WHERE case_id = :case_id ORDER BY id DESC LIMIT 100;

-- cve_jobs_last :many
-- in   most i64
-- out  id str, kind str, state str, vuln_id str?, cve str?, amount i64, made i64, due i64, tries i64, error str?, message str?, ended i64?
SELECT id, kind, state, vuln_id, cve, amount, made, due, tries, error, message, ended
  FROM cve_job ORDER BY id DESC LIMIT :most;

-- cve_job_claim :exec1
-- Whoever is first is at it, until `until`.
-- in   id str, claim str, now i64, until i64
UPDATE cve_job SET claim = :claim, due = :until, tries = tries + 1
 WHERE id = :id AND ended IS NULL AND due <= :now;

-- cve_job_asking :exec1
-- in   id str, claim str, known str
UPDATE cve_job SET state = 'asking', known = :known WHERE id = :id AND claim = :claim;

-- cve_job_later :exec1
-- in   id str, claim str, due i64, error str, message str
UPDATE cve_job SET claim = NULL, due = :due, error = :error, message = :message
 WHERE id = :id AND claim = :claim;

-- cve_job_end :exec1
-- in   id str, claim str, state str, kind str, ended i64, error str?, message str?
UPDATE cve_job SET claim = NULL, state = :state, kind = :kind, ended = :ended, error = :error,
                   message = :message
 WHERE id = :id AND claim = :claim AND ended IS NULL;

-- cve_job_settle :exec1
-- in   id str, ended i64
UPDATE cve_job SET state = 'done', ended = :ended WHERE id = :id AND state = 'unclear';

-- cve_number_add :exec
-- in   cve str, job_id str, case_id str?, vuln_id str?, reserved i64
INSERT INTO cve_number (cve, state, job_id, case_id, vuln_id, reserved, changed)
VALUES (:cve, 'reserved', :job_id, :case_id, :vuln_id, :reserved, :reserved);

-- cve_number_get :one
-- in   cve str
-- out  cve str, state str, case_id str?, vuln_id str?, reserved i64, changed i64, sent str?
SELECT cve, state, case_id, vuln_id, reserved, changed, sent FROM cve_number WHERE cve = :cve;

-- cve_numbers_of :many
-- in   case_id str
-- out  cve str, state str, vuln_id str?, reserved i64, changed i64, sent str?
SELECT cve, state, vuln_id, reserved, changed, sent FROM cve_number WHERE case_id = :case_id
 ORDER BY cve LIMIT 1000;

-- cve_numbers_all :many
-- in   most i64
-- out  cve str, state str, vuln_id str?, reserved i64, changed i64, sent str?
SELECT cve, state, vuln_id, reserved, changed, sent FROM cve_number ORDER BY reserved DESC, cve
 LIMIT :most;

-- cve_numbers_by :many
-- in   job_id str
-- out  cve str
SELECT cve FROM cve_number WHERE job_id = :job_id ORDER BY cve LIMIT 10000;

-- cve_number_give :exec1
-- A number of the pool to a vulnerability.
-- in   cve str, case_id str, vuln_id str
UPDATE cve_number SET case_id = :case_id, vuln_id = :vuln_id
 WHERE cve = :cve AND vuln_id IS NULL AND state = 'reserved';

-- cve_number_put :exec1
-- in   cve str, state str, changed i64, sent str?
UPDATE cve_number SET state = :state, changed = :changed, sent = :sent WHERE cve = :cve;
