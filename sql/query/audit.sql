-- audit_depts :many
-- The departments of some organisations: whatever one of them may know of, their auditor may.
-- in   org_ids str[]
-- out  id str, name_ja str, name_en str
SELECT id, name_ja, name_en FROM dept WHERE org_id IN (:org_ids) ORDER BY id
 -- bounded: as many as some organisations have
;

-- audit_cases :list
-- The cases that some departments may know of, without a word of them.
-- in   principals str[], number str?, flow str?, open i64?, overdue i64?, opened_from i64?, opened_before i64?
-- out  id str, number str, flow str, entry str, opened i64, phase i64, waiting i64, due_sort i64, updated i64, planned i64?, published i64?
SELECT c.id, c.number, c.flow, c.entry, c.opened, i.phase, i.waiting, i.due_sort, i.updated,
       i.planned, i.published
  FROM cases c JOIN case_index i ON i.case_id = c.id
 WHERE c.id IN (SELECT g.case_id FROM grant_ g
                 WHERE g.principal IN (:principals) AND g.lane = '' AND g.step = '')
-- filter number
   AND c.number = :number
-- filter flow
   AND c.flow = :flow
-- filter open
   AND (i.phase < 6) = (:open = 1)
-- filter overdue
   AND i.due_sort < :overdue
-- filter opened_from
   AND c.opened >= :opened_from
-- filter opened_before
   AND c.opened < :opened_before
-- sort newest desc id = c.id
-- sort oldest asc  id = c.id
;

-- audit_entries :list
-- What was done in the cases that some departments may know of, as far as they may read it.
-- in   principals str[], from_id str, before_id str, number str?, dept_id str?
-- out  id str, at i64, number str, flow str, person_id str?, person_ja str?, person_en str?, dept_ja str?, dept_en str?, behalf_ja str?, behalf_en str?, lane_ja str?, lane_en str?, act str, step str, content sealed
SELECT h.id, h.at, c.number, c.flow, h.person_id, p.name_ja, p.name_en, d.name_ja, d.name_en,
       b.name_ja, b.name_en, o.name_ja, o.name_en, h.act, h.step, h.content
  FROM history h
  JOIN cases c ON c.id = h.case_id
  LEFT JOIN person p ON p.id = h.person_id
  LEFT JOIN dept d ON d.id = h.dept_id
  LEFT JOIN dept b ON b.id = h.behalf_id
  LEFT JOIN party l ON l.id = h.lane
  LEFT JOIN org o ON o.id = l.org_id
 WHERE h.id >= :from_id AND h.id < :before_id
   AND EXISTS (SELECT 1 FROM grant_ g
                WHERE g.case_id = h.case_id AND g.principal IN (:principals)
                  AND (g.lane = h.lane OR g.lane = '*') AND (g.step = '' OR g.step = h.step)
                  AND (g.audiences >> h.audience) & 1 = 1)
-- filter number
   AND c.number = :number
-- filter dept_id
   AND h.dept_id = :dept_id
-- sort newest desc id = h.id
;
