-- demo_is_empty :one
-- Whether there is neither a person nor an organisation.
-- out  people i64, orgs i64
SELECT (SELECT count(*) FROM person), (SELECT count(*) FROM org);

-- demo_case_number :exec1
-- The number that a demo case is known by.
-- in   id str, number str
UPDATE cases SET number = :number WHERE id = :id;

-- demo_advisory_number :exec1
-- in   case_id str, number str
UPDATE advisory SET number = :number WHERE case_id = :case_id;

-- demo_report_key :exec1
-- A receipt and a key that are printed with the demo sign-ins.
-- in   id str, receipt str, key_hash blob
UPDATE report SET receipt = :receipt, key_hash = :key_hash WHERE id = :id;

-- demo_report_of :one
-- The newest report of a department: what a direct case handed over.
-- in   dept_id str
-- out  id str, rev i64
SELECT id, rev FROM report WHERE source_dept_id = :dept_id ORDER BY id DESC LIMIT 1;

-- demo_member :one
-- Somebody who acts for a department.
-- in   dept_id str
-- out  person_id str
SELECT person_id FROM membership WHERE dept_id = :dept_id ORDER BY role, person_id LIMIT 1;

-- demo_outbox_clear :exec
-- Nobody is to be mailed about what happened in the demo's past.
DELETE FROM outbox;
