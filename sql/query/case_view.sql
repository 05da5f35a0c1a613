-- person_names :many
-- in   ids str[]
-- out  id str, name_ja str, name_en str
SELECT id, name_ja, name_en FROM person WHERE id IN (:ids) ORDER BY id
 -- bounded: as many as were asked for
;

-- text_place :one
-- Where a text stands, to decide who may pass it on.
-- in   id str, case_id str
-- out  audience i64, lane str, step str, report_id str?
SELECT audience, lane, step, report_id FROM text WHERE id = :id AND case_id = :case_id;

-- case_publications :many
-- When each language became public.
-- in   case_id str
-- out  lang str, published i64
SELECT lang, published FROM publication WHERE case_id = :case_id ORDER BY lang LIMIT 10;

-- orgs_of_kinds :many
-- Organisations to choose from.
-- in   kinds str[]
-- out  id str, kind str, name_ja str, name_en str, region str, keywords str
SELECT id, kind, name_ja, name_en, region, keywords FROM org
 WHERE kind IN (:kinds) AND disabled IS NULL ORDER BY name_en, id LIMIT 2000;
