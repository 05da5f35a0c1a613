-- found_next :one
-- The number of a new document.
-- out  doc i64
SELECT coalesce(max(doc), 0) + 1 FROM found;
-- postgres
SELECT nextval('found_doc');

-- found_add :exec
-- in   doc i64, row_id str, source str, case_id str?, report_id str?, audience i64, lane str, step str
INSERT INTO found (doc, row_id, source, case_id, report_id, audience, lane, step)
VALUES (:doc, :row_id, :source, :case_id, :report_id, :audience, :lane, :step);

-- found_forget :exec
-- in   row_id str
UPDATE found SET row_id = '' WHERE row_id = :row_id;

-- found_words_add :exec
-- Words of a document, with spaces between.
-- in   doc i64, words str
INSERT INTO found_words (rowid, words) VALUES (:doc, :words);
-- postgres
INSERT INTO found_words (doc, words)
VALUES (:doc, array_to_tsvector(string_to_array(:words, ' ')));

-- public_next :one
-- out  doc i64
SELECT coalesce(max(doc), 0) + 1 FROM public_found;
-- postgres
SELECT nextval('public_doc');

-- public_doc_of :one
-- in   number str, lang str
-- out  doc i64
SELECT doc FROM public_found WHERE number = :number AND lang = :lang;

-- public_found_put :exec
-- in   doc i64, number str, lang str, normal str
INSERT INTO public_found (doc, number, lang, normal) VALUES (:doc, :number, :lang, :normal)
    ON CONFLICT (number, lang) DO UPDATE SET normal = excluded.normal;

-- public_words_drop :exec
-- in   doc i64
DELETE FROM public_words WHERE rowid = :doc;
-- postgres
DELETE FROM public_words WHERE doc = :doc;

-- public_words_add :exec
-- in   doc i64, words str
INSERT INTO public_words (rowid, words) VALUES (:doc, :words);
-- postgres
INSERT INTO public_words (doc, words)
VALUES (:doc, array_to_tsvector(string_to_array(:words, ' ')));
