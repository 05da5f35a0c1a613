-- CVE Services: the account there, the numbers that were reserved, and what the service is asked.
CREATE TABLE cve_account (
    name     TEXT PRIMARY KEY,  -- there is one: 'services'
    url      TEXT NOT NULL,     -- without a slash at its end
    org      TEXT NOT NULL,     -- short name of the numbering authority
    username TEXT NOT NULL,
    org_uuid TEXT,              -- as the service says
    key_box  BLOB NOT NULL,     -- opens with the key file of this installation alone
    changed  INT64 NOT NULL,
    rev      INT64 NOT NULL
);

-- One act. What is to be done stands here before the service is asked, and what came of it
-- afterwards; a row that is open says that the service may have been asked.
CREATE TABLE cve_job (
    id        TEXT PRIMARY KEY,
    kind      TEXT NOT NULL,    -- reserve publish update reject
    state     TEXT NOT NULL,    -- planned asking; over: done refused unclear
    case_id   TEXT REFERENCES cases (id),
    vuln_id   TEXT REFERENCES vulnerability (id),
    person_id TEXT REFERENCES person (id),
    cve       TEXT,             -- not of a reservation
    amount    INT64 NOT NULL,   -- of a reservation
    year      INT64 NOT NULL,
    batch     TEXT NOT NULL,    -- sequential nonsequential, or empty
    body      BLOB NOT NULL,    -- what is sent; empty for a reservation
    known     TEXT,             -- of a reservation: the numbers the service listed before it was asked
    made      INT64 NOT NULL,
    due       INT64 NOT NULL,   -- tried again from then on; also while somebody is at it
    tries     INT64 NOT NULL,
    claim     TEXT,             -- of whoever is at it
    error     TEXT,             -- the service's code, or ours, of the last try
    message   TEXT,
    ended     INT64
);
CREATE INDEX cve_job_open ON cve_job (due) WHERE ended IS NULL;
CREATE INDEX cve_job_case ON cve_job (case_id, id);

CREATE TABLE cve_number (
    cve      TEXT PRIMARY KEY,
    state    TEXT NOT NULL,     -- reserved published rejected
    job_id   TEXT NOT NULL REFERENCES cve_job (id), -- that reserved it
    case_id  TEXT REFERENCES cases (id),
    vuln_id  TEXT REFERENCES vulnerability (id),
    reserved INT64 NOT NULL,
    changed  INT64 NOT NULL,
    sent     TEXT               -- a mark of what the service has of it; NULL: nothing
);
CREATE INDEX cve_number_vuln ON cve_number (vuln_id);
CREATE INDEX cve_number_case ON cve_number (case_id);
