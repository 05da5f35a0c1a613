-- expect 15: a_count is also what a would make
-- a :list
-- in  who str, state str[], since i64?, open bool
-- out id str, at i64, note str?
SELECT c.id, c.at, c.note FROM c WHERE c.who = :who
-- filter state
   AND c.state IN (:state)
-- filter since
   AND c.at > :since
-- filter open
   AND c.closed IS NULL
-- sort x asc id = c.id
;

-- a_count :exec
DELETE FROM t;
