-- Words of public texts carry their language: "j" or "e" in front of each, in place of one word
-- for the language.  On SQLite the words of the blocks (o0o…), never looked for there, go.
-- only sqlite
CREATE VIRTUAL TABLE public_words_new USING fts5(words, detail=none, tokenize='ascii');
INSERT INTO public_words_new (rowid, words)
SELECT f.doc, substr(f.lang, 1, 1) || replace(substr(w.words, 1, instr(w.words, ' o0o') - 1), ' ',
                                              ' ' || substr(f.lang, 1, 1))
  FROM public_words w JOIN public_found f ON f.doc = w.rowid
 WHERE instr(w.words, ' o0o') > 1 ORDER BY f.doc;
DROP TABLE public_words;
ALTER TABLE public_words_new RENAME TO public_words;
-- end
-- only postgres
UPDATE public_words AS w
   SET words = array_to_tsvector(ARRAY(
           SELECT CASE WHEN length(x) = 13 THEN substr(f.lang, 1, 1) || x ELSE x END
             FROM unnest(tsvector_to_array(w.words)) AS x WHERE x NOT IN ('uja', 'uen')))
  FROM public_found AS f
 WHERE f.doc = w.doc;
-- end
