-- Advisories: drafts are confidential, what is released is not.
CREATE TABLE advisory (
    id        TEXT PRIMARY KEY,
    case_id   TEXT NOT NULL REFERENCES cases (id),
    number    TEXT NOT NULL UNIQUE, -- eight digits, drawn without order
    created   INT64 NOT NULL,
    rev       INT64 NOT NULL
);
CREATE UNIQUE INDEX advisory_case ON advisory (case_id);

-- Each saved state of the text in one language.
CREATE TABLE advisory_text (
    id          TEXT PRIMARY KEY,
    advisory_id TEXT NOT NULL REFERENCES advisory (id),
    lang        TEXT NOT NULL,
    revision    INT64 NOT NULL,
    at          INT64 NOT NULL,
    person_id   TEXT REFERENCES person (id),
    of_revision INT64, -- a translation: which revision of the other language it follows
    content     BLOB NOT NULL, -- JSON of the sections, Markdown
    UNIQUE (advisory_id, lang, revision)
);

-- Agreement was asked for, to which revisions; the newest row holds.
CREATE TABLE advisory_asked (
    id          TEXT PRIMARY KEY,
    advisory_id TEXT NOT NULL REFERENCES advisory (id),
    at          INT64 NOT NULL,
    person_id   TEXT NOT NULL REFERENCES person (id),
    ja          INT64 NOT NULL, -- revision; 0: nothing was written
    en          INT64 NOT NULL
);
CREATE INDEX advisory_asked_of ON advisory_asked (advisory_id, id);

-- What the public reads, one row a language.
CREATE TABLE publication (
    number    TEXT NOT NULL,
    lang      TEXT NOT NULL,
    case_id   TEXT NOT NULL REFERENCES cases (id),
    revision  INT64 NOT NULL, -- of the publication, from 1
    published INT64 NOT NULL, -- first time in this language
    updated   INT64 NOT NULL,
    withdrawn INT64,
    origin    TEXT NOT NULL, -- finder overseas own: for the statistics
    accepted  INT64, -- acceptance of the report, for the statistics
    severity  INT64 NOT NULL, -- ten times the highest base score; -1: none
    critical  INT64 NOT NULL, -- 1: urgent
    title     TEXT NOT NULL,
    title_sort TEXT NOT NULL, -- normalised, to sort by
    vendors   TEXT NOT NULL, -- names in this language, in one line
    cves      TEXT NOT NULL, -- separated by spaces
    cwes      TEXT NOT NULL,
    content   TEXT NOT NULL, -- JSON of all that the page shows
    PRIMARY KEY (number, lang)
);
CREATE INDEX publication_new ON publication (lang, published, number);
CREATE INDEX publication_updated ON publication (lang, updated, number);
CREATE INDEX publication_severity ON publication (lang, severity, number);
CREATE INDEX publication_title ON publication (lang, title_sort, number);
CREATE INDEX publication_case ON publication (case_id);

-- For the filters of the portal.
CREATE TABLE publication_vendor (
    number TEXT NOT NULL,
    org_id TEXT NOT NULL REFERENCES org (id),
    status TEXT NOT NULL,
    names  TEXT NOT NULL, -- in both languages, normalised, to find parts of them
    PRIMARY KEY (number, org_id)
);
CREATE INDEX publication_vendor_org ON publication_vendor (org_id, number);
CREATE TABLE publication_id (
    id     TEXT NOT NULL, -- CVE-…, CWE-…
    number TEXT NOT NULL,
    PRIMARY KEY (id, number)
);
