-- Things, and what is done with them.
CREATE TABLE thing (
    id     TEXT PRIMARY KEY CHECK (id <> '' AND id NOT IN ('a;b', '-- only sqlite')),
    title  TEXT NOT NULL DEFAULT 'it''s (new), really', -- "shown" to all; LIKE a name
    at     INT64 NOT NULL,
    gone   INT64,
    public INT64 NOT NULL DEFAULT 0 CHECK (public IN (0, 1)),
    secret BLOB,
-- only postgres
    words  TSVECTOR,
-- end
    UNIQUE (at, id),
    CONSTRAINT gone_later CHECK (gone IS NULL OR gone > at)
);
CREATE INDEX thing_at ON thing (at, id);

/* A table
   without rowid. */
CREATE TABLE pair (
    a TEXT NOT NULL REFERENCES thing (id),
    b INT64 NOT NULL,
    PRIMARY KEY (a, b)
) WITHOUT ROWID;
-- only sqlite
CREATE VIRTUAL TABLE thing_words USING fts5(words, content='');
-- end
-- only postgres
CREATE INDEX thing_words ON thing USING gin (words);
CREATE FUNCTION one() RETURNS INT64 LANGUAGE sql AS $$ SELECT 1::bigint; $$;
-- end
