-- What the public files are listed from is read whole for each release: from an index that has
-- all of it, as the rows themselves carry all that a page says.
DROP INDEX publication_updated;
CREATE INDEX publication_updated ON publication (lang, updated, number, revision, published, title);
