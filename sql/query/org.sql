-- org_get :one
-- in   id str
-- out  id str, kind str, slug str, name_ja str, name_en str, region str, parent_id str?, registration str, keywords str, contact str, responsible_ja str, responsible_en str, poc_seat str, poc_scope str, poc_position str, poc_systems str, policy_ja str, policy_en str, other_contact str, org_key str, fingerprint str, takes_reports bool, listed bool, disabled i64?, rev i64
SELECT id, kind, slug, name_ja, name_en, region, parent_id, registration, keywords, contact,
       responsible_ja, responsible_en, poc_seat, poc_scope, poc_position, poc_systems, policy_ja,
       policy_en, other_contact, org_key, fingerprint, takes_reports, listed, disabled, rev
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

-- org_add :exec
-- in   id str, kind str, slug str, name_ja str, name_en str, region str, parent_id str?, registration str, keywords str, contact str, responsible_ja str, responsible_en str, poc_seat str, poc_scope str, poc_position str, poc_systems str, policy_ja str, policy_en str, other_contact str, org_key str, fingerprint str, takes_reports bool, listed bool, created i64
INSERT INTO org (id, kind, slug, name_ja, name_en, region, parent_id, registration, keywords,
                 contact, responsible_ja, responsible_en, poc_seat, poc_scope, poc_position,
                 poc_systems, policy_ja, policy_en, other_contact, org_key, fingerprint,
                 takes_reports, listed, created, disabled, rev)
VALUES (:id, :kind, :slug, :name_ja, :name_en, :region, :parent_id, :registration, :keywords,
        :contact, :responsible_ja, :responsible_en, :poc_seat, :poc_scope, :poc_position,
        :poc_systems, :policy_ja, :policy_en, :other_contact, :org_key, :fingerprint,
        :takes_reports, :listed, :created, NULL, 1);

-- org_put :exec1
-- in   id str, slug str, name_ja str, name_en str, region str, parent_id str?, registration str, keywords str, contact str, responsible_ja str, responsible_en str, poc_seat str, poc_scope str, poc_position str, poc_systems str, policy_ja str, policy_en str, other_contact str, org_key str, fingerprint str, takes_reports bool, listed bool, rev i64
UPDATE org SET slug = :slug, name_ja = :name_ja, name_en = :name_en, region = :region,
       parent_id = :parent_id, registration = :registration, keywords = :keywords,
       contact = :contact, responsible_ja = :responsible_ja, responsible_en = :responsible_en,
       poc_seat = :poc_seat, poc_scope = :poc_scope, poc_position = :poc_position,
       poc_systems = :poc_systems, policy_ja = :policy_ja, policy_en = :policy_en,
       other_contact = :other_contact, org_key = :org_key, fingerprint = :fingerprint,
       takes_reports = :takes_reports, listed = :listed, rev = rev + 1
 WHERE id = :id AND rev = :rev;

-- org_disable :exec1
-- in   id str, at i64?, rev i64
UPDATE org SET disabled = :at, rev = rev + 1 WHERE id = :id AND rev = :rev;

-- org_list :list
-- Organisations by kind, by a part of a name (in lower case), by a technology keyword (in lower
-- case, between commas).
-- in   ids str[], kind str?, registration str?, part str?, keyword str?, enabled bool, disabled bool, takes_reports bool, listed bool
-- out  id str, kind str, slug str, name_ja str, name_en str, region str, registration str, keywords str, takes_reports bool, disabled i64?
SELECT o.id, o.kind, o.slug, o.name_ja, o.name_en, o.region, o.registration, o.keywords,
       o.takes_reports, o.disabled
  FROM org o WHERE o.rev > 0
-- filter ids
   AND o.id IN (:ids)
-- filter kind
   AND o.kind = :kind
-- filter registration
   AND o.registration = :registration
-- filter part
   AND (replace(lower(o.name_ja), :part, '') <> lower(o.name_ja) OR replace(lower(o.name_en), :part, '') <> lower(o.name_en)
        OR replace(o.slug, :part, '') <> o.slug)
-- filter keyword
   AND replace(',' || lower(o.keywords) || ',', :keyword, '') <> ',' || lower(o.keywords) || ','
-- filter enabled
   AND o.disabled IS NULL
-- filter disabled
   AND o.disabled IS NOT NULL
-- filter takes_reports
   AND o.takes_reports = 1
-- filter listed
   AND o.listed = 1
-- sort name_ja asc name_ja = o.name_ja, id = o.id
-- sort name_en asc name_en = o.name_en, id = o.id
-- sort newest desc id = o.id
;

-- org_people :one
-- How many people act for an organisation now.
-- in   org_id str, now i64
-- out  n i64
SELECT count(DISTINCT m.person_id)
  FROM membership m JOIN dept d ON d.id = m.dept_id JOIN person p ON p.id = m.person_id
 WHERE d.org_id = :org_id AND d.disabled IS NULL AND p.disabled IS NULL AND m.since <= :now
   AND (m.until IS NULL OR m.until > :now);

-- org_public :one
-- A vendor as everybody may see it.
-- in   slug str
-- out  id str, name_ja str, name_en str, registration str, contact str, policy_ja str, policy_en str, other_contact str, org_key str, fingerprint str, takes_reports bool
SELECT id, name_ja, name_en, registration, contact, policy_ja, policy_en, other_contact,
       org_key, fingerprint, takes_reports
  FROM org
 WHERE slug = :slug AND kind = 'vendor' AND disabled IS NULL AND (listed = 1 OR takes_reports = 1);

-- dept_get :one
-- in   id str
-- out  id str, org_id str, name_ja str, name_en str, disabled i64?, rev i64
SELECT id, org_id, name_ja, name_en, disabled, rev FROM dept WHERE id = :id;

-- dept_add :exec
-- in   id str, org_id str, name_ja str, name_en str, created i64
INSERT INTO dept (id, org_id, name_ja, name_en, created, disabled, rev)
VALUES (:id, :org_id, :name_ja, :name_en, :created, NULL, 1);

-- dept_put :exec1
-- in   id str, name_ja str, name_en str, rev i64
UPDATE dept SET name_ja = :name_ja, name_en = :name_en, rev = rev + 1
 WHERE id = :id AND rev = :rev;

-- dept_disable :exec1
-- in   id str, at i64?, rev i64
UPDATE dept SET disabled = :at, rev = rev + 1 WHERE id = :id AND rev = :rev;

-- depts_of :many
-- The departments of an organisation, with how many people act in each now.
-- in   org_id str, now i64
-- out  id str, name_ja str, name_en str, disabled i64?, rev i64, people i64
SELECT d.id, d.name_ja, d.name_en, d.disabled, d.rev,
       (SELECT count(*) FROM membership m JOIN person p ON p.id = m.person_id
         WHERE m.dept_id = d.id AND p.disabled IS NULL AND m.since <= :now
           AND (m.until IS NULL OR m.until > :now))
  FROM dept d WHERE d.org_id = :org_id ORDER BY d.id
 -- bounded: as many as one organisation has
;

-- dept_kinds_of :many
-- in   org_id str
-- out  kind str, dept_id str
SELECT kind, dept_id FROM dept_kind WHERE org_id = :org_id ORDER BY kind LIMIT 100;

-- dept_kind_put :exec
-- in   org_id str, kind str, dept_id str
INSERT INTO dept_kind (org_id, kind, dept_id) VALUES (:org_id, :kind, :dept_id)
    ON CONFLICT (org_id, kind) DO UPDATE SET dept_id = excluded.dept_id;

-- dept_kind_drop :exec
-- in   org_id str, kind str
DELETE FROM dept_kind WHERE org_id = :org_id AND kind = :kind;

-- org_case_ids :many
-- The cases that an organisation is a party of, some at a time.
-- in   org_id str, after str, most i64
-- out  case_id str
SELECT DISTINCT case_id FROM party WHERE org_id = :org_id AND case_id > :after
 ORDER BY case_id LIMIT :most;

-- org_reported_to :many
-- The vendors that finders may report to directly.
-- out  slug str, name_ja str, name_en str
SELECT slug, name_ja, name_en FROM org
 WHERE kind = 'vendor' AND takes_reports = 1 AND disabled IS NULL ORDER BY name_en, id LIMIT 2000;

-- orgs_of_kind :many
-- Those that are not disabled, to choose one.
-- in   kind str
-- out  id str, name_ja str, name_en str
SELECT id, name_ja, name_en FROM org
 WHERE kind = :kind AND disabled IS NULL ORDER BY name_en, id LIMIT 5000;
