-- text_add :exec
-- in   id str, case_id str?, report_id str?, audience i64, lane str, step str, act_id str?, kind str, lang str, at i64, person_id str?, dept_id str?, from_id str?, body sealed
INSERT INTO text (id, case_id, report_id, audience, lane, step, act_id, kind, lang, at, person_id,
                  dept_id, from_id, body)
VALUES (:id, :case_id, :report_id, :audience, :lane, :step, :act_id, :kind, :lang, :at,
        :person_id, :dept_id, :from_id, :body);

-- texts_readable :many
-- The texts of a case that a set of principals may read, oldest first.  Grants are looked up
-- once, and not for every text.
-- in   case_id str, principals str[]
-- out  id str, report_id str?, audience i64, lane str, step str, act_id str?, kind str, lang str, at i64, person_id str?, dept_id str?, from_id str?, body sealed
WITH g AS MATERIALIZED (SELECT lane, step, audiences FROM grant_
                         WHERE case_id = :case_id AND principal IN (:principals))
SELECT t.id, t.report_id, t.audience, t.lane, t.step, t.act_id, t.kind, t.lang, t.at, t.person_id,
       t.dept_id, t.from_id, t.body
  FROM text t
 WHERE t.case_id = :case_id
   AND EXISTS (SELECT 1 FROM g WHERE (g.lane = t.lane OR g.lane = '*')
                  AND (g.step = '' OR g.step = t.step) AND (g.audiences >> t.audience) & 1 = 1)
 ORDER BY t.id
 -- bounded
;

-- texts_of_report :many
-- What was written on a report before and beside its case, oldest first.
-- in   report_id str
-- out  id str, case_id str?, audience i64, lane str, step str, kind str, lang str, at i64, person_id str?, dept_id str?, from_id str?, body sealed
SELECT id, case_id, audience, lane, step, kind, lang, at, person_id, dept_id, from_id, body
  FROM text WHERE report_id = :report_id ORDER BY id
 -- bounded
;

-- text_of_kind :many
-- in   case_id str, kind str
-- out  id str, audience i64, lane str, step str, lang str, at i64, body sealed
SELECT id, audience, lane, step, lang, at, body FROM text
 WHERE case_id = :case_id AND kind = :kind ORDER BY id
 -- bounded
;

-- seen_get :one
-- in   person_id str, case_id str
-- out  text_id str
SELECT text_id FROM seen WHERE person_id = :person_id AND case_id = :case_id;

-- seen_put :exec
-- in   person_id str, case_id str, text_id str
INSERT INTO seen (person_id, case_id, text_id) VALUES (:person_id, :case_id, :text_id)
    ON CONFLICT (person_id, case_id) DO UPDATE SET text_id = excluded.text_id;

-- status_add :exec
-- in   id str, case_id str, lane str, at i64, person_id str?, content sealed
INSERT INTO status (id, case_id, lane, at, person_id, content)
VALUES (:id, :case_id, :lane, :at, :person_id, :content);

-- statuses_of :many
-- in   case_id str
-- out  id str, lane str, at i64, person_id str?, content sealed
SELECT id, lane, at, person_id, content FROM status WHERE case_id = :case_id ORDER BY id
 -- bounded
;

-- vulnerability_add :exec
-- in   id str, case_id str, ordinal i64, content sealed
INSERT INTO vulnerability (id, case_id, ordinal, content, rev)
VALUES (:id, :case_id, :ordinal, :content, 1);

-- vulnerability_put :exec1
-- in   id str, content sealed, rev i64
UPDATE vulnerability SET content = :content, rev = rev + 1 WHERE id = :id AND rev = :rev;

-- vulnerabilities_of :many
-- in   case_id str
-- out  id str, ordinal i64, content sealed, rev i64
SELECT id, ordinal, content, rev FROM vulnerability WHERE case_id = :case_id ORDER BY ordinal
 LIMIT 1000;

-- history_add :exec
-- in   id str, case_id str?, report_id str?, org_id str?, at i64, person_id str?, dept_id str?, behalf_id str?, act str, audience i64, lane str, step str, content sealed
INSERT INTO history (id, case_id, report_id, org_id, at, person_id, dept_id, behalf_id, act,
                     audience, lane, step, content)
VALUES (:id, :case_id, :report_id, :org_id, :at, :person_id, :dept_id, :behalf_id, :act,
        :audience, :lane, :step, :content);

-- history_of_case :list
-- What the principals may know of what happened, newest first.  Their rights are looked up once
-- and not for each line.
-- in   case_id str, principals str[]
-- out  id str, at i64, person_id str?, person_ja str?, person_en str?, dept_ja str?, dept_en str?, behalf_ja str?, behalf_en str?, act str, lane str, step str, content sealed
WITH own AS MATERIALIZED (SELECT g.lane, g.step, g.audiences FROM grant_ g
                           WHERE g.case_id = :case_id AND g.principal IN (:principals))
SELECT h.id, h.at, h.person_id, p.name_ja, p.name_en, d.name_ja, d.name_en, b.name_ja, b.name_en,
       h.act, h.lane, h.step, h.content
  FROM history h
  LEFT JOIN person p ON p.id = h.person_id
  LEFT JOIN dept d ON d.id = h.dept_id
  LEFT JOIN dept b ON b.id = h.behalf_id
 WHERE h.case_id = :case_id
   AND EXISTS (SELECT 1 FROM own g
                WHERE (g.lane = h.lane OR g.lane = '*') AND (g.step = '' OR g.step = h.step)
                  AND (g.audiences >> h.audience) & 1 = 1)
-- sort newest desc  id = h.id
;

-- history_of_report :many
-- Newest first.
-- in   report_id str, most i64
-- out  id str, at i64, person_ja str?, person_en str?, dept_ja str?, dept_en str?, behalf_ja str?, behalf_en str?, act str, audience i64, lane str, step str, content sealed
SELECT h.id, h.at, p.name_ja, p.name_en, d.name_ja, d.name_en, b.name_ja, b.name_en,
       h.act, h.audience, h.lane, h.step, h.content
  FROM history h
  LEFT JOIN person p ON p.id = h.person_id
  LEFT JOIN dept d ON d.id = h.dept_id
  LEFT JOIN dept b ON b.id = h.behalf_id
 WHERE h.report_id = :report_id ORDER BY h.id DESC LIMIT :most;

-- outbox_add :exec
-- in   id str, kind str, due i64, content sealed
INSERT INTO outbox (id, kind, due, tries, done, content)
VALUES (:id, :kind, :due, 0, NULL, :content);

-- history_of_org :list
-- What was done to an organisation and its people.
-- in   org_id str
-- out  id str, at i64, person_ja str?, person_en str?, act str, content sealed
SELECT h.id, h.at, p.name_ja, p.name_en, h.act, h.content
  FROM history h LEFT JOIN person p ON p.id = h.person_id
 WHERE h.org_id = :org_id AND h.case_id IS NULL AND h.report_id IS NULL
-- sort newest desc  id = h.id
;

-- history_of_office :list
-- What was done to the installation: settings, operators, people of no organisation.
-- out  id str, at i64, person_ja str?, person_en str?, act str, content sealed
SELECT h.id, h.at, p.name_ja, p.name_en, h.act, h.content
  FROM history h LEFT JOIN person p ON p.id = h.person_id
 WHERE h.case_id IS NULL AND h.report_id IS NULL AND h.org_id IS NULL
-- sort newest desc  id = h.id
;
