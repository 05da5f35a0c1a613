-- case_get :one
-- in   id str
-- out  id str, number str, flow str, entry str, owner_id str, opened i64, tlp str, draft_asked i64?, vendors_named bool
SELECT id, number, flow, entry, owner_id, opened, tlp, draft_asked, vendors_named
  FROM cases WHERE id = :id;

-- case_by_number :one
-- in   number str
-- out  id str
SELECT id FROM cases WHERE number = :number;

-- case_add :exec
-- in   id str, number str, flow str, entry str, owner_id str, opened i64, tlp str
INSERT INTO cases (id, number, flow, entry, owner_id, opened, tlp, draft_asked, vendors_named)
VALUES (:id, :number, :flow, :entry, :owner_id, :opened, :tlp, NULL, 0);

-- case_draft_asked :exec1
-- in   id str, at i64
UPDATE cases SET draft_asked = :at WHERE id = :id;

-- case_vendors_named :exec1
-- in   id str, named bool
UPDATE cases SET vendors_named = :named WHERE id = :id;

-- case_tlp :exec1
-- in   id str, tlp str
UPDATE cases SET tlp = :tlp WHERE id = :id;

-- case_grants :many
-- What the principals may read of a case.
-- in   case_id str, principals str[]
-- out  principal str, lane str, step str, audiences i64
SELECT principal, lane, step, audiences FROM grant_
 WHERE case_id = :case_id AND principal IN (:principals)
 ORDER BY principal, lane, step
 -- bounded
;

-- case_reports :many
-- in   case_id str
-- out  id str, receipt str, kind str, source str, source_dept_id str?, lang str, received i64, accepted i64?, told i64?, tell_vendor bool, direct_contact bool, publish_name bool
SELECT id, receipt, kind, source, source_dept_id, lang, received, accepted, told, tell_vendor,
       direct_contact, publish_name
  FROM report WHERE case_id = :case_id ORDER BY id LIMIT 500;

-- case_parties :many
-- in   case_id str
-- out  id str, org_id str, role str, person_id str?, level str, delegated bool, added i64, closed i64?, slug str, name_ja str, name_en str, org_kind str, region str
SELECT p.id, p.org_id, p.role, p.person_id, p.level, p.delegated, p.added, p.closed, o.slug,
       o.name_ja, o.name_en, o.kind, o.region
  FROM party p JOIN org o ON o.id = p.org_id
 WHERE p.case_id = :case_id ORDER BY p.id LIMIT 5000;

-- case_depts :many
-- Which department of each party answers for which kind.
-- in   case_id str
-- out  org_id str, kind str, dept_id str, name_ja str, name_en str
SELECT k.org_id, k.kind, k.dept_id, d.name_ja, d.name_en
  FROM dept_kind k JOIN dept d ON d.id = k.dept_id
 WHERE k.org_id IN (SELECT org_id FROM party WHERE case_id = :case_id)
   AND d.disabled IS NULL
 ORDER BY k.org_id, k.kind
 -- bounded
;

-- case_acts :many
-- in   case_id str
-- out  id str, lane str, step str, round i64, hop i64, at i64, dept_id str?, person_id str?, answers sealed
SELECT id, lane, step, round, hop, at, dept_id, person_id, answers
  FROM act WHERE case_id = :case_id ORDER BY at, id
 -- bounded
;

-- case_marks :many
-- in   case_id str
-- out  lane str, step str, round i64, kind str, dept str, at i64, person_id str
SELECT lane, step, round, kind, dept, at, person_id
  FROM mark WHERE case_id = :case_id ORDER BY at, id
 -- bounded
;

-- case_skips :many
-- in   case_id str
-- out  lane str, step str, at i64, person_id str
SELECT lane, step, at, person_id FROM skip WHERE case_id = :case_id ORDER BY lane, step
 -- bounded
;

-- case_dues :many
-- in   case_id str
-- out  lane str, step str, due i64
SELECT lane, step, due FROM due WHERE case_id = :case_id ORDER BY lane, step
 -- bounded
;

-- case_inquiries :many
-- The latest of each kind.
-- in   case_id str
-- out  kind str, at i64
SELECT kind, max(at) FROM inquiry WHERE case_id = :case_id GROUP BY kind ORDER BY kind
 -- bounded
;

-- case_planned :one
-- in   case_id str
-- out  planned i64, at i64
SELECT planned, at FROM planned_date WHERE case_id = :case_id ORDER BY id DESC LIMIT 1;

-- case_report_join :exec1
-- in   report_id str, case_id str
UPDATE report SET case_id = :case_id, rev = rev + 1 WHERE id = :report_id AND case_id IS NULL;

-- party_add :exec
-- in   id str, case_id str, org_id str, role str, person_id str?, level str, delegated bool, added i64
INSERT INTO party (id, case_id, org_id, role, person_id, level, delegated, added, closed)
VALUES (:id, :case_id, :org_id, :role, :person_id, :level, :delegated, :added, NULL);

-- party_level :exec1
-- in   id str, level str, delegated bool
UPDATE party SET level = :level, delegated = :delegated WHERE id = :id;

-- party_close :exec1
-- in   id str, at i64
UPDATE party SET closed = :at WHERE id = :id AND closed IS NULL;

-- party_reopen :exec1
-- in   id str
UPDATE party SET closed = NULL WHERE id = :id AND closed IS NOT NULL;

-- act_add :exec
-- in   id str, case_id str, lane str, step str, round i64, hop i64, at i64, dept_id str?, person_id str?, answers sealed
INSERT INTO act (id, case_id, lane, step, round, hop, at, dept_id, person_id, answers)
VALUES (:id, :case_id, :lane, :step, :round, :hop, :at, :dept_id, :person_id, :answers);

-- mark_add :exec
-- in   id str, case_id str, lane str, step str, round i64, kind str, dept str, at i64, person_id str
INSERT INTO mark (id, case_id, lane, step, round, kind, dept, at, person_id)
VALUES (:id, :case_id, :lane, :step, :round, :kind, :dept, :at, :person_id);

-- skip_add :exec
-- in   case_id str, lane str, step str, at i64, person_id str
INSERT INTO skip (case_id, lane, step, at, person_id)
VALUES (:case_id, :lane, :step, :at, :person_id);

-- due_put :exec
-- in   case_id str, lane str, step str, due i64, at i64, person_id str
INSERT INTO due (case_id, lane, step, due, at, person_id)
VALUES (:case_id, :lane, :step, :due, :at, :person_id)
    ON CONFLICT (case_id, lane, step)
    DO UPDATE SET due = excluded.due, at = excluded.at, person_id = excluded.person_id;

-- inquiry_add :exec
-- in   id str, case_id str, report_id str, kind str, at i64
INSERT INTO inquiry (id, case_id, report_id, kind, at)
VALUES (:id, :case_id, :report_id, :kind, :at);

-- inquiry_of_report :one
-- When that was first asked from there.
-- in   report_id str, kind str
-- out  at i64?
SELECT min(at) FROM inquiry WHERE report_id = :report_id AND kind = :kind;

-- planned_add :exec
-- in   id str, case_id str, planned i64, at i64, person_id str
INSERT INTO planned_date (id, case_id, planned, at, person_id)
VALUES (:id, :case_id, :planned, :at, :person_id);

-- draft_answer_get :one
-- in   case_id str, lane str, step str, hop i64, dept_id str
-- out  content sealed, rev i64, at i64, person_id str
SELECT content, rev, at, person_id FROM draft_answer
 WHERE case_id = :case_id AND lane = :lane AND step = :step AND hop = :hop AND dept_id = :dept_id;

-- draft_answer_add :exec
-- in   case_id str, lane str, step str, hop i64, dept_id str, person_id str, at i64, content sealed
INSERT INTO draft_answer (case_id, lane, step, hop, dept_id, person_id, at, content, rev)
VALUES (:case_id, :lane, :step, :hop, :dept_id, :person_id, :at, :content, 1);

-- draft_answer_put :exec1
-- in   case_id str, lane str, step str, hop i64, dept_id str, person_id str, at i64, content sealed, rev i64
UPDATE draft_answer SET content = :content, person_id = :person_id, at = :at, rev = rev + 1
 WHERE case_id = :case_id AND lane = :lane AND step = :step AND hop = :hop
   AND dept_id = :dept_id AND rev = :rev;

-- draft_answer_drop :exec
-- in   case_id str, lane str, step str, hop i64
DELETE FROM draft_answer
 WHERE case_id = :case_id AND lane = :lane AND step = :step AND hop = :hop;

-- grants_of :many
-- All of a case, to compare with what the records say.
-- in   case_id str
-- out  principal str, lane str, step str, audiences i64
SELECT principal, lane, step, audiences FROM grant_
 WHERE case_id = :case_id ORDER BY principal, lane, step
 -- bounded
;

-- grant_put :exec
-- in   principal str, case_id str, lane str, step str, audiences i64, since i64
INSERT INTO grant_ (principal, case_id, lane, step, audiences, since)
VALUES (:principal, :case_id, :lane, :step, :audiences, :since)
    ON CONFLICT (principal, case_id, lane, step)
    DO UPDATE SET audiences = excluded.audiences, since = excluded.since;

-- grant_drop :exec
-- in   principal str, case_id str, lane str, step str
DELETE FROM grant_
 WHERE principal = :principal AND case_id = :case_id AND lane = :lane AND step = :step;

-- tasks_of :many
-- in   case_id str
-- out  id str, principal str, lane str, step str, round i64, hop i64, actor str, since i64, due i64?
SELECT id, principal, lane, step, round, hop, actor, since, due FROM task
 WHERE case_id = :case_id ORDER BY lane, step, round, hop, actor, principal
 -- bounded
;

-- task_add :exec
-- in   id str, principal str, case_id str, lane str, step str, round i64, hop i64, actor str, since i64, due i64?, due_sort i64
INSERT INTO task (id, principal, case_id, lane, step, round, hop, actor, since, due, due_sort)
VALUES (:id, :principal, :case_id, :lane, :step, :round, :hop, :actor, :since, :due, :due_sort);

-- task_drop :exec
-- in   id str
DELETE FROM task WHERE id = :id;

-- case_index_put :exec
-- in   case_id str, phase i64, waiting i64, due_sort i64, updated i64, planned i64?, published i64?
INSERT INTO case_index (case_id, phase, waiting, due_sort, updated, planned, published)
VALUES (:case_id, :phase, :waiting, :due_sort, :updated, :planned, :published)
    ON CONFLICT (case_id) DO UPDATE SET phase = excluded.phase, waiting = excluded.waiting,
       due_sort = excluded.due_sort, updated = excluded.updated, planned = excluded.planned,
       published = excluded.published;

-- case_index_get :one
-- in   case_id str
-- out  phase i64, waiting i64, due_sort i64, updated i64, planned i64?, published i64?
SELECT phase, waiting, due_sort, updated, planned, published
  FROM case_index WHERE case_id = :case_id;

-- case_published :one
-- When the case first became public in any language.
-- in   case_id str
-- out  published i64?
SELECT min(published) FROM publication WHERE case_id = :case_id;

-- number_taken :one
-- in   number str
-- out  taken bool
SELECT CASE WHEN EXISTS (SELECT 1 FROM cases WHERE number = :number)
              OR EXISTS (SELECT 1 FROM advisory WHERE number = :number)
              OR EXISTS (SELECT 1 FROM report WHERE receipt = :number)
            THEN 1 ELSE 0 END;
