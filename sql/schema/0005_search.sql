-- Search: words as keyed hashes (formats/tokens.h).  Documents are numbered in the order of their
-- coming, so that newest first is by number.
CREATE TABLE found (
    doc       INT64 PRIMARY KEY,
    row_id    TEXT NOT NULL, -- empty: forgotten
    source    TEXT NOT NULL, -- text report identity vulnerability advisory
    case_id   TEXT,
    report_id TEXT,
    audience  INT64 NOT NULL,
    lane      TEXT NOT NULL,
    step      TEXT NOT NULL
);
CREATE TABLE public_found (
    doc    INT64 PRIMARY KEY,
    number TEXT NOT NULL,
    lang   TEXT NOT NULL,
    normal TEXT NOT NULL, -- the text as it is compared
    UNIQUE (number, lang)
);
-- only sqlite
CREATE VIRTUAL TABLE found_words USING fts5(words, content='', detail=none, tokenize='ascii');
CREATE VIRTUAL TABLE public_words USING fts5(words, detail=none, tokenize='ascii');
-- end
-- only postgres
CREATE TABLE found_words (doc BIGINT PRIMARY KEY, words TSVECTOR NOT NULL);
CREATE INDEX found_words_in ON found_words USING gin (words) WITH (fastupdate = off);
CREATE SEQUENCE found_doc;
CREATE TABLE public_words (doc BIGINT PRIMARY KEY, words TSVECTOR NOT NULL);
CREATE INDEX public_words_in ON public_words USING gin (words) WITH (fastupdate = off);
CREATE SEQUENCE public_doc;
-- end
CREATE INDEX found_row ON found (row_id);
CREATE INDEX found_case ON found (case_id, doc);
CREATE INDEX found_report ON found (report_id, doc);

-- The words of one document, each as 32 bits of its hash: for who may see a few cases, whose
-- documents are looked at one by one.
CREATE TABLE found_set (
    doc   INT64 PRIMARY KEY,
    words BLOB NOT NULL
);
