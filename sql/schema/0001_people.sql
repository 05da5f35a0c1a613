-- Who is who: settings, organisations, departments, people, how they sign in.
CREATE TABLE setting (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL,
    rev   INT64 NOT NULL
);

-- Random keys of this installation: search (keyed hashes of confidential words).
CREATE TABLE secret (
    name  TEXT PRIMARY KEY,
    value BLOB NOT NULL
);

-- Counts up whenever something public changes; caches rest on it.
CREATE TABLE generation (
    one INT64 PRIMARY KEY CHECK (one = 1),
    n   INT64 NOT NULL
);
INSERT INTO generation (one, n) VALUES (1, 1);

CREATE TABLE org (
    id             TEXT PRIMARY KEY,
    kind           TEXT NOT NULL, -- reception coordinator overseas vendor analysis operator priority
    slug           TEXT NOT NULL UNIQUE,
    name_ja        TEXT NOT NULL,
    name_en        TEXT NOT NULL,
    region         TEXT NOT NULL, -- ISO 3166-1 alpha-2, or empty
    parent_id      TEXT REFERENCES org (id),
    registration   TEXT NOT NULL, -- general, individual, or empty
    keywords       TEXT NOT NULL, -- technology keywords, comma-separated
    contact        TEXT NOT NULL, -- the public window: mail or page
    responsible_ja TEXT NOT NULL, -- person responsible for product vulnerabilities
    responsible_en TEXT NOT NULL,
    poc_seat       TEXT NOT NULL, -- where the contact sits, and why
    poc_scope      TEXT NOT NULL, -- department, company, group, contracted makers
    poc_position   TEXT NOT NULL DEFAULT '', -- what the contact is an extension of
    poc_systems    TEXT NOT NULL DEFAULT '', -- IT and control systems together, or one of them
    policy_ja      TEXT NOT NULL, -- Markdown; shown on its page
    policy_en      TEXT NOT NULL,
    other_contact  TEXT NOT NULL DEFAULT '', -- for security matters that are no vulnerability
    org_key        TEXT NOT NULL DEFAULT '', -- OpenPGP public key, armored
    fingerprint    TEXT NOT NULL DEFAULT '', -- of that key
    takes_reports  INT64 NOT NULL, -- 1: finders may report to it directly
    listed         INT64 NOT NULL DEFAULT 0, -- 1: agreed to stand in the public list
    created        INT64 NOT NULL,
    disabled       INT64,
    rev            INT64 NOT NULL
);
CREATE INDEX org_kind ON org (kind, id);

CREATE TABLE dept (
    id       TEXT PRIMARY KEY,
    org_id   TEXT NOT NULL REFERENCES org (id),
    name_ja  TEXT NOT NULL,
    name_en  TEXT NOT NULL,
    created  INT64 NOT NULL,
    disabled INT64,
    rev      INT64 NOT NULL
);
CREATE INDEX dept_org ON dept (org_id);

-- Which department answers for a kind that the process knows; one may answer for several.
CREATE TABLE dept_kind (
    org_id  TEXT NOT NULL REFERENCES org (id),
    kind    TEXT NOT NULL, -- an actor of process/, from poc on; reception, coordinator, … for bodies
    dept_id TEXT NOT NULL REFERENCES dept (id),
    PRIMARY KEY (org_id, kind)
);
CREATE INDEX dept_kind_dept ON dept_kind (dept_id);

CREATE TABLE person (
    id          TEXT PRIMARY KEY,
    login       TEXT NOT NULL UNIQUE,
    name_ja     TEXT NOT NULL,
    name_en     TEXT NOT NULL,
    email       TEXT NOT NULL,
    lang        TEXT NOT NULL, -- ja, en
    zone        TEXT NOT NULL, -- IANA name
    password    TEXT,          -- argon2id in PHC form; null: cannot sign in with one
    is_operator INT64 NOT NULL, -- runs the system; never reads content
    is_auditor  INT64 NOT NULL, -- reads history and dates of the own organisation
    must_change INT64 NOT NULL DEFAULT 0, -- 1: the password is a start password
    muted       INT64 NOT NULL DEFAULT 0, -- 1: wants no notices by mail
    created     INT64 NOT NULL,
    disabled    INT64,
    rev         INT64 NOT NULL
);

CREATE TABLE membership (
    person_id TEXT NOT NULL REFERENCES person (id),
    dept_id   TEXT NOT NULL REFERENCES dept (id),
    role      TEXT NOT NULL, -- lead, member, substitute
    since     INT64 NOT NULL,
    until     INT64,
    PRIMARY KEY (person_id, dept_id)
);
CREATE INDEX membership_dept ON membership (dept_id);

-- A signed-in browser: of a person, or of a finder who typed a receipt key.
CREATE TABLE session (
    token_hash BLOB PRIMARY KEY, -- BLAKE2b-256; the token itself is only in the cookie
    person_id  TEXT REFERENCES person (id),
    report_id  TEXT,
    created    INT64 NOT NULL,
    seen       INT64 NOT NULL
);
CREATE INDEX session_person ON session (person_id);
CREATE INDEX session_seen ON session (seen);

CREATE TABLE api_token (
    id         TEXT PRIMARY KEY,
    person_id  TEXT NOT NULL REFERENCES person (id),
    name       TEXT NOT NULL,
    token_hash BLOB NOT NULL UNIQUE,
    created    INT64 NOT NULL,
    expires    INT64,
    used       INT64,
    revoked    INT64
);
CREATE INDEX api_token_person ON api_token (person_id);

-- When the program last did what only time brings about.
CREATE TABLE pulse (
    name TEXT PRIMARY KEY,
    at   INT64 NOT NULL
);

-- How often something was tried: sign-in by account and by address, reports by address.
CREATE TABLE throttle (
    bucket BLOB PRIMARY KEY, -- hash of kind and subject
    since  INT64 NOT NULL,
    n      INT64 NOT NULL
);
CREATE INDEX throttle_since ON throttle (since);

-- Answers to requests that carried a once-token (Idempotency-Key), for 24 hours.
CREATE TABLE once (
    key_hash  BLOB PRIMARY KEY, -- of principal, route and key
    body_hash BLOB NOT NULL,
    status    INT64 NOT NULL,
    response  BLOB NOT NULL, -- sealed under a key made from key and body
    created   INT64 NOT NULL
);
CREATE INDEX once_created ON once (created);
