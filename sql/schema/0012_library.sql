-- The library: advisories that others published, and where each came from.
CREATE TABLE library_entry (
    id        TEXT PRIMARY KEY,
    doc       INT64 NOT NULL UNIQUE, -- in the order of their coming
    publisher TEXT NOT NULL,         -- namespace
    doc_id    TEXT NOT NULL,
    edition   TEXT NOT NULL,         -- of formats that tell two languages under one id
    open      INT64 NOT NULL,        -- 1: TLP:CLEAR; others are for reception and coordinator
    at        INT64 NOT NULL,        -- last changed as its publisher says, else when it came
    score     INT64 NOT NULL,        -- ten times the highest base score; -1: none
    revision  INT64 NOT NULL,        -- that counts, of library_revision
    content   BLOB NOT NULL,         -- JSON: formats/library.h
    UNIQUE (publisher, doc_id, edition)
);
CREATE INDEX library_entry_at ON library_entry (at, id);
CREATE INDEX library_entry_score ON library_entry (score, id);

-- Each that ever counted; the bytes as they came stand once, however many entries they hold.
CREATE TABLE library_revision (
    entry_id  TEXT NOT NULL REFERENCES library_entry (id),
    n         INT64 NOT NULL,
    open      INT64 NOT NULL,
    version   TEXT NOT NULL,
    updated   INT64,
    imported  INT64 NOT NULL,
    person_id TEXT REFERENCES person (id), -- NULL: the command line
    source    TEXT NOT NULL,               -- name of a file, or address
    provider  TEXT,                        -- whose documents were fetched; NULL: a single one
    sha256    TEXT NOT NULL,
    signature TEXT NOT NULL,               -- good absent
    signed_by TEXT,                        -- fingerprint
    PRIMARY KEY (entry_id, n)
);
CREATE INDEX library_revision_sha ON library_revision (sha256);
CREATE TABLE library_document (
    sha256 TEXT PRIMARY KEY,
    body   BLOB NOT NULL
);
CREATE TABLE library_cve (
    cve      TEXT NOT NULL,
    entry_id TEXT NOT NULL REFERENCES library_entry (id),
    PRIMARY KEY (cve, entry_id)
);
CREATE INDEX library_cve_entry ON library_cve (entry_id);

-- What was fetched already, as its provider dated it.
CREATE TABLE library_seen (
    url      TEXT PRIMARY KEY,
    provider TEXT NOT NULL,
    updated  TEXT NOT NULL,
    sha256   TEXT NOT NULL
);
CREATE TABLE library_provider (
    url       TEXT PRIMARY KEY,
    name      TEXT NOT NULL,
    kind      TEXT NOT NULL, -- csaf jvn
    checked   INT64 NOT NULL,
    documents INT64 NOT NULL, -- listed, the last time
    refused   INT64 NOT NULL
);

-- Words are keyed hashes, as those of cases: not all of it is public.
-- only sqlite
CREATE VIRTUAL TABLE library_words USING fts5(words, detail=none, tokenize='ascii');
-- end
-- only postgres
CREATE TABLE library_words (doc BIGINT PRIMARY KEY, words TSVECTOR NOT NULL);
CREATE INDEX library_words_in ON library_words USING gin (words) WITH (fastupdate = off);
CREATE SEQUENCE library_doc;
-- end
