-- release_plan_add :exec
-- in   id str, case_id str, lang str, kind str, at i64, zone str, line sealed, planned_by str, planned_for str?, planned_at i64
INSERT INTO release_plan (id, case_id, lang, kind, at, zone, line, planned_by, planned_for,
                          planned_at, rev)
VALUES (:id, :case_id, :lang, :kind, :at, :zone, :line, :planned_by, :planned_for, :planned_at, 1);

-- release_plans_of :many
-- Newest first, with the names of those who planned and approved.
-- in   case_id str
-- out  id str, lang str, kind str, at i64, zone str, line sealed, planned_by str, planned_at i64, digest str?, built str?, approved_by str?, approved_at i64?, held_at i64?, held_why str?, released_at i64?, revision i64?, cancelled_at i64?, cancelled_why sealed?, rev i64, planner_ja str, planner_en str, approver_ja str?, approver_en str?
SELECT r.id, r.lang, r.kind, r.at, r.zone, r.line, r.planned_by, r.planned_at, r.digest,
       r.built, r.approved_by, r.approved_at, r.held_at, r.held_why, r.released_at, r.revision,
       r.cancelled_at, r.cancelled_why, r.rev, p.name_ja, p.name_en, q.name_ja, q.name_en
  FROM release_plan r JOIN person p ON p.id = r.planned_by
  LEFT JOIN person q ON q.id = r.approved_by
 WHERE r.case_id = :case_id ORDER BY r.id DESC LIMIT 200;

-- release_plan_approve :exec1
-- in   id str, rev i64, digest str, built str, approved_by str, approved_at i64
UPDATE release_plan SET digest = :digest, built = :built, approved_by = :approved_by,
       approved_at = :approved_at, held_at = NULL, held_why = NULL, stale_at = NULL,
       rev = rev + 1
 WHERE id = :id AND rev = :rev AND released_at IS NULL AND cancelled_at IS NULL;

-- release_plan_unapprove :exec1
-- in   id str, rev i64
UPDATE release_plan SET digest = NULL, built = NULL, approved_by = NULL, approved_at = NULL,
       held_at = NULL, held_why = NULL, stale_at = NULL, rev = rev + 1
 WHERE id = :id AND rev = :rev AND released_at IS NULL AND cancelled_at IS NULL;

-- release_plan_cancel :exec1
-- in   id str, rev i64, cancelled_at i64, cancelled_by str, cancelled_why sealed
UPDATE release_plan SET cancelled_at = :cancelled_at, cancelled_by = :cancelled_by,
       cancelled_why = :cancelled_why, rev = rev + 1
 WHERE id = :id AND rev = :rev AND released_at IS NULL AND cancelled_at IS NULL;

-- release_plan_released :exec1
-- in   id str, released_at i64, revision i64
UPDATE release_plan SET released_at = :released_at, revision = :revision, held_at = NULL,
       held_why = NULL, rev = rev + 1
 WHERE id = :id AND approved_at IS NOT NULL AND released_at IS NULL AND cancelled_at IS NULL;

-- release_plan_held :exec1
-- in   id str, held_at i64, held_why str
UPDATE release_plan SET held_at = :held_at, held_why = :held_why, rev = rev + 1
 WHERE id = :id AND released_at IS NULL AND cancelled_at IS NULL;

-- release_plan_overtaken :exec
-- What was planned, and was released without the plan.
-- in   case_id str, lang str, cancelled_at i64
UPDATE release_plan SET cancelled_at = :cancelled_at, rev = rev + 1
 WHERE case_id = :case_id AND lang = :lang AND released_at IS NULL AND cancelled_at IS NULL;

-- release_plans_due :many
-- Approved, and their instant has come; the oldest instant first.  English waits for the
-- Japanese that is planned before it or with it, which takes it along.
-- in   now i64
-- out  id str, case_id str, planned_by str
SELECT r.id, r.case_id, r.planned_by FROM release_plan r
 WHERE r.approved_at IS NOT NULL AND r.released_at IS NULL AND r.cancelled_at IS NULL
   AND r.held_at IS NULL AND r.at <= :now
   AND NOT EXISTS (SELECT 1 FROM release_plan j
                    WHERE j.case_id = r.case_id AND j.lang = 'ja' AND r.lang = 'en'
                      AND j.released_at IS NULL AND j.cancelled_at IS NULL AND j.at <= r.at
                      AND j.kind <> 'withdrawal')
 ORDER BY r.at, r.lang DESC, r.id LIMIT 100;

-- release_plans_approved :many
-- in   after str, most i64
-- out  id str, case_id str, stale_at i64?
SELECT id, case_id, stale_at FROM release_plan
 WHERE approved_at IS NOT NULL AND released_at IS NULL AND cancelled_at IS NULL AND id > :after
 ORDER BY id LIMIT :most;

-- release_plan_stale :exec
-- in   id str, stale_at i64?
UPDATE release_plan SET stale_at = :stale_at
 WHERE id = :id AND approved_at IS NOT NULL AND released_at IS NULL AND cancelled_at IS NULL;

-- release_trail :one
-- The last thing that was done in the case, but for its plans.
-- in   case_id str
-- out  last str
SELECT coalesce(max(id), '') AS last FROM history
 WHERE case_id = :case_id
   AND act NOT IN ('release_planned', 'release_approved', 'release_unapproved',
                   'release_cancelled', 'release_held');

-- release_waiting :many
-- Cases with an open plan of somebody else, or one of the person's own that could not be released,
-- where one of the principals has the right to plans: those that nobody approved first, then the
-- nearest instant.
-- in   principals str[], person str?
-- out  case_id str, number str
SELECT r.case_id, c.number FROM release_plan r JOIN cases c ON c.id = r.case_id
 WHERE r.released_at IS NULL AND r.cancelled_at IS NULL
   AND (r.planned_by <> :person OR r.held_at IS NOT NULL)
   AND EXISTS (SELECT 1 FROM grant_ g
                WHERE g.case_id = r.case_id AND g.principal IN (:principals)
                  AND (g.audiences >> 17) & 1 = 1)
 GROUP BY r.case_id, c.number
 ORDER BY min(CASE WHEN r.approved_at IS NULL THEN 0 ELSE 1 END), min(r.at), r.case_id LIMIT 100;
