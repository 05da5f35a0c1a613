-- What changed behind a place is read in one language at a time.
DROP INDEX publication_generation;
CREATE INDEX publication_generation ON publication (lang, generation, number);
