-- org_get :one
-- in   id str
-- out  id str, kind str, slug str, name_ja str, name_en str, region str, parent_id str?, registration str, keywords str, contact str, responsible_ja str, responsible_en str, poc_seat str, poc_scope str, policy_ja str, policy_en str, takes_reports bool, disabled i64?, rev i64
SELECT id, kind, slug, name_ja, name_en, region, parent_id, registration, keywords, contact,
       responsible_ja, responsible_en, poc_seat, poc_scope, policy_ja, policy_en, takes_reports,
       disabled, rev
  FROM org WHERE id = :id;

-- org_by_slug :one
-- in   slug str
-- out  id str, kind str, takes_reports bool, disabled i64?
SELECT id, kind, takes_reports, disabled FROM org WHERE slug = :slug;

-- org_first :one
-- The body of that kind that this installation hosts: the oldest that is not disabled.
-- in   kind str
-- out  id str, slug str, name_ja str, name_en str
SELECT id, slug, name_ja, name_en FROM org
 WHERE kind = :kind AND disabled IS NULL ORDER BY id LIMIT 1;

-- org_dept :one
-- The department of an organisation that answers for a kind.
-- in   org_id str, kind str
-- out  dept_id str
SELECT dept_id FROM dept_kind WHERE org_id = :org_id AND kind = :kind;

-- dept_org :one
-- in   id str
-- out  id str, name_ja str, name_en str, org_id str, org_ja str, org_en str, org_kind str
SELECT d.id, d.name_ja, d.name_en, d.org_id, o.name_ja, o.name_en, o.kind
  FROM dept d JOIN org o ON o.id = d.org_id WHERE d.id = :id;
