-- case_list :list
-- The cases that one principal may know of.
-- in   principal str, flow str?, phase i64?, open i64?, published i64?
-- out  id str, number str, flow str, entry str, opened i64, audiences i64, phase i64, planned i64?, published i64?
SELECT c.id, c.number, c.flow, c.entry, c.opened, g.audiences, i.phase, i.planned, i.published
  FROM grant_ g
  JOIN cases c ON c.id = g.case_id
  JOIN case_index i ON i.case_id = g.case_id
 WHERE g.principal = :principal AND g.lane = '' AND g.step = ''
-- filter flow
   AND c.flow = :flow
-- filter phase
   AND i.phase = :phase
-- filter open
   AND (i.phase < 6) = (:open = 1)
-- filter published
   AND (i.published IS NOT NULL) = (:published = 1)
-- sort newest desc  id = g.case_id
-- sort oldest asc   id = g.case_id
;

-- case_count :one
-- How many cases some principals may know of; stops at `most`.
-- in   principals str[], most i64
-- out  n i64
SELECT count(*) FROM (SELECT DISTINCT g.case_id FROM grant_ g
                       WHERE g.principal IN (:principals) AND g.lane = '' AND g.step = ''
                       LIMIT :most) AS seen_cases;

-- case_count_of :one
-- The same for one principal, which has each case once.
-- in   principal str, most i64
-- out  n i64
SELECT count(*) FROM (SELECT 1 FROM grant_ g
                       WHERE g.principal = :principal AND g.lane = '' AND g.step = ''
                       LIMIT :most) AS seen_cases;

-- task_list :list
-- What waits for one principal, the nearest deadline first.
-- in   principal str, step str?, overdue i64?, case_id str?
-- out  id str, principal str, case_id str, number str, flow str, lane str, step str, round i64, hop i64, actor str, since i64, due i64?, due_sort i64
SELECT t.id, t.principal, t.case_id, c.number, c.flow, t.lane, t.step, t.round, t.hop, t.actor,
       t.since, t.due, t.due_sort
  FROM task t JOIN cases c ON c.id = t.case_id
 WHERE t.principal = :principal
-- filter step
   AND t.step = :step
-- filter overdue
   AND t.due_sort < :overdue
-- filter case_id
   AND t.case_id = :case_id
-- sort due asc     due_sort = t.due_sort, id = t.id
-- sort newest desc id = t.id
;

-- task_counts :one
-- How many tasks wait, how many of them are overdue, how many plans: of others that nobody approved
-- or that changed since, and the person's own that could not be released; each stops at `most`.
-- in   principals str[], person str?, now i64, most i64
-- out  n i64, late i64, approvals i64
SELECT (SELECT count(*) FROM (SELECT 1 FROM task t WHERE t.principal IN (:principals)
                               LIMIT :most) AS waiting),
       (SELECT count(*) FROM (SELECT 1 FROM task t WHERE t.principal IN (:principals)
                                 AND t.due_sort < :now LIMIT :most) AS overdue),
       (SELECT count(*) FROM (SELECT 1 FROM release_plan r
                               WHERE r.released_at IS NULL AND r.cancelled_at IS NULL
                                 AND CASE WHEN r.planned_by = :person THEN r.held_at IS NOT NULL
                                          ELSE r.approved_at IS NULL OR r.stale_at IS NOT NULL END
                                 AND EXISTS (SELECT 1 FROM grant_ g
                                              WHERE g.case_id = r.case_id
                                                AND g.principal IN (:principals)
                                                AND (g.audiences >> 17) & 1 = 1)
                               LIMIT :most) AS approvals);

-- tasks_of_cases :many
-- What some cases wait for; whose lane it is, where it is a vendor's.
-- in   case_ids str[]
-- out  case_id str, lane str, step str, hop i64, actor str, principal str, due i64?, org_id str?, name_ja str?, name_en str?
SELECT t.case_id, t.lane, t.step, t.hop, t.actor, t.principal, t.due, p.org_id, o.name_ja,
       o.name_en
  FROM task t
  LEFT JOIN party p ON p.id = t.lane
  LEFT JOIN org o ON o.id = p.org_id
 WHERE t.case_id IN (:case_ids)
 ORDER BY t.due_sort, t.id
 -- bounded
;

-- titles_of :many
-- The titles of some cases that the principals may read, newest last.
-- in   case_ids str[], principals str[]
-- out  case_id str, lang str, body sealed
SELECT t.case_id, t.lang, t.body FROM text t
 WHERE t.case_id IN (:case_ids) AND t.kind = 'title' AND t.audience = 1
   AND EXISTS (SELECT 1 FROM grant_ g
                WHERE g.case_id = t.case_id AND g.principal IN (:principals) AND g.lane = ''
                  AND g.step = '' AND (g.audiences >> 1) & 1 = 1)
 ORDER BY t.id
 -- bounded
;

-- case_ids_after :many
-- All cases in order, some at a time: for `kakehashi check` and rebuilding.
-- in   after str, most i64
-- out  id str
SELECT id FROM cases WHERE id > :after ORDER BY id LIMIT :most;

-- cases_due :many
-- Whose planned instant has come since they were last settled; some at a time.
-- in   now i64
-- out  case_id str
SELECT case_id FROM case_index
 WHERE planned <= :now AND updated < planned AND published IS NULL
 ORDER BY planned LIMIT 100;
