-- Reports, cases and what people do in them.  Columns called body, content, identity, name or
-- answers hold confidential bytes: sealed, opened only by app/text.c.
CREATE TABLE report (
    id             TEXT PRIMARY KEY,
    receipt        TEXT NOT NULL UNIQUE, -- eight digits, drawn without order
    kind           TEXT NOT NULL, -- product website own
    recipient_id   TEXT NOT NULL REFERENCES org (id),
    source         TEXT NOT NULL, -- finder overseas vendor
    source_dept_id TEXT REFERENCES dept (id), -- of an overseas coordinator or a vendor
    key_hash       BLOB, -- of the receipt key; null: the source signs in instead
    lang           TEXT NOT NULL,
    received       INT64 NOT NULL,
    content        BLOB NOT NULL, -- JSON of the items, as they came
    identity       BLOB NOT NULL, -- JSON of name, contact, OpenPGP key, credit
    tell_vendor    INT64 NOT NULL, -- may name and contact be told to the vendor
    direct_contact INT64 NOT NULL, -- may the vendor write directly
    publish_name   INT64 NOT NULL, -- may the name stand in the credit
    told           INT64, -- last word to the finder
    accepted       INT64, -- the day the finder was told of the acceptance
    refused        INT64,
    ended          INT64,
    disposition    TEXT NOT NULL, -- empty, or an id of process/dispositions.tsv
    site_org_id    TEXT REFERENCES org (id), -- website: its operator
    site_notified  INT64,
    site_answered  INT64,
    case_id        TEXT,
    rev            INT64 NOT NULL
);
CREATE INDEX report_recipient ON report (recipient_id, id);
CREATE INDEX report_received ON report (received);
CREATE INDEX report_case ON report (case_id);
CREATE INDEX report_site ON report (site_org_id, id);
CREATE INDEX report_source ON report (source_dept_id, id);

CREATE TABLE cases (
    id       TEXT PRIMARY KEY,
    number   TEXT NOT NULL UNIQUE, -- eight digits, drawn without order
    flow     TEXT NOT NULL, -- coordinated direct
    entry    TEXT NOT NULL, -- finder overseas source
    owner_id TEXT NOT NULL REFERENCES org (id),
    opened   INT64 NOT NULL,
    tlp      TEXT NOT NULL, -- TLP 2.0 label until publication
    draft_asked INT64, -- agreement to the portal text was asked for at
    vendors_named INT64 NOT NULL -- 1: the coordinator shows the vendors each other's names
);

-- An organisation in a case.  A vendor's row is its lane: its own walk through the process.
CREATE TABLE party (
    id        TEXT PRIMARY KEY,
    case_id   TEXT NOT NULL REFERENCES cases (id),
    org_id    TEXT NOT NULL REFERENCES org (id),
    role      TEXT NOT NULL, -- reception coordinator vendor peer priority analyst
    person_id TEXT REFERENCES person (id), -- analyst: the one that was named
    level     TEXT NOT NULL, -- peer, priority, analyst: named overview details
    delegated INT64 NOT NULL, -- peer: coordinates the vendors of its region
    added     INT64 NOT NULL,
    closed    INT64,
    UNIQUE (case_id, org_id, role)
);
CREATE INDEX party_org ON party (org_id, case_id);

-- One hop of one step, performed.
CREATE TABLE act (
    id        TEXT PRIMARY KEY,
    case_id   TEXT NOT NULL REFERENCES cases (id),
    lane      TEXT NOT NULL, -- a vendor's party; empty: the case's own
    step      TEXT NOT NULL,
    round     INT64 NOT NULL,
    hop       INT64 NOT NULL,
    at        INT64 NOT NULL,
    dept_id   TEXT REFERENCES dept (id), -- null: the finder
    person_id TEXT REFERENCES person (id),
    answers   BLOB NOT NULL, -- choices and instants, for the facts
    UNIQUE (case_id, lane, step, round, hop)
);

-- A department signed, was asked to take part, or was told.
CREATE TABLE mark (
    id        TEXT PRIMARY KEY,
    case_id   TEXT NOT NULL REFERENCES cases (id),
    lane      TEXT NOT NULL,
    step      TEXT NOT NULL,
    round     INT64 NOT NULL, -- 0: asked and told hold for all rounds
    kind      TEXT NOT NULL, -- signed asked told
    dept      TEXT NOT NULL, -- kind of department
    at        INT64 NOT NULL,
    person_id TEXT NOT NULL REFERENCES person (id),
    UNIQUE (case_id, lane, step, round, kind, dept)
);

CREATE TABLE skip (
    case_id   TEXT NOT NULL REFERENCES cases (id),
    lane      TEXT NOT NULL,
    step      TEXT NOT NULL,
    at        INT64 NOT NULL,
    person_id TEXT NOT NULL REFERENCES person (id),
    PRIMARY KEY (case_id, lane, step)
);

-- A deadline that somebody set in place of the table's.
CREATE TABLE due (
    case_id   TEXT NOT NULL REFERENCES cases (id),
    lane      TEXT NOT NULL,
    step      TEXT NOT NULL,
    due       INT64 NOT NULL,
    at        INT64 NOT NULL,
    person_id TEXT NOT NULL REFERENCES person (id),
    PRIMARY KEY (case_id, lane, step)
);

-- What somebody began to answer; guarded by rev.
CREATE TABLE draft_answer (
    case_id   TEXT NOT NULL REFERENCES cases (id),
    lane      TEXT NOT NULL,
    step      TEXT NOT NULL,
    hop       INT64 NOT NULL,
    dept_id   TEXT NOT NULL REFERENCES dept (id),
    person_id TEXT NOT NULL REFERENCES person (id),
    at        INT64 NOT NULL,
    content   BLOB NOT NULL,
    rev       INT64 NOT NULL,
    PRIMARY KEY (case_id, lane, step, hop, dept_id)
);

-- The finder or source asked how it stands.
CREATE TABLE inquiry (
    id        TEXT PRIMARY KEY,
    case_id   TEXT NOT NULL REFERENCES cases (id),
    report_id TEXT NOT NULL REFERENCES report (id),
    kind      TEXT NOT NULL, -- finder_asked asked_findings asked_date
    at        INT64 NOT NULL
);
CREATE INDEX inquiry_case ON inquiry (case_id);

-- The planned instant of publication; the newest row holds.
CREATE TABLE planned_date (
    id        TEXT PRIMARY KEY,
    case_id   TEXT NOT NULL REFERENCES cases (id),
    planned   INT64 NOT NULL,
    at        INT64 NOT NULL,
    person_id TEXT NOT NULL REFERENCES person (id)
);
CREATE INDEX planned_date_case ON planned_date (case_id, id);

-- All confidential prose.  Never altered: a correction is a new text.
CREATE TABLE text (
    id        TEXT PRIMARY KEY,
    case_id   TEXT REFERENCES cases (id),
    report_id TEXT REFERENCES report (id), -- finder talk belongs to a report
    audience  INT64 NOT NULL, -- index of enum audience
    lane      TEXT NOT NULL,
    step      TEXT NOT NULL, -- empty: not an answer
    act_id    TEXT, -- the hop it was written in
    kind      TEXT NOT NULL, -- message, title, overview, details, or a question's field
    lang      TEXT NOT NULL,
    at        INT64 NOT NULL,
    person_id TEXT REFERENCES person (id), -- null: the finder, or the program
    dept_id   TEXT REFERENCES dept (id),
    from_id   TEXT REFERENCES text (id), -- made from: relayed or amended
    body      BLOB NOT NULL
);
CREATE INDEX text_case ON text (case_id, id);
CREATE INDEX text_report ON text (report_id, id);

-- What a person has seen of a case: texts up to this id.
CREATE TABLE seen (
    person_id TEXT NOT NULL REFERENCES person (id),
    case_id   TEXT NOT NULL REFERENCES cases (id),
    text_id   TEXT NOT NULL,
    PRIMARY KEY (person_id, case_id)
);

CREATE TABLE attachment (
    id        TEXT PRIMARY KEY,
    case_id   TEXT REFERENCES cases (id),
    report_id TEXT REFERENCES report (id),
    text_id   TEXT REFERENCES text (id), -- the word it came with; null: none
    audience  INT64 NOT NULL,
    lane      TEXT NOT NULL,
    step      TEXT NOT NULL,
    at        INT64 NOT NULL,
    person_id TEXT REFERENCES person (id),
    claim     BLOB, -- hash of what its sender must show to give it its place; null: it has one
    name      BLOB NOT NULL,
    type      TEXT NOT NULL, -- as sent; it is always served as a download
    size      INT64 NOT NULL,
    hash      BLOB NOT NULL  -- SHA-256
);
CREATE INDEX attachment_case ON attachment (case_id, id);
CREATE INDEX attachment_report ON attachment (report_id, id);
CREATE INDEX attachment_unplaced ON attachment (at) WHERE claim IS NOT NULL;
CREATE TABLE attachment_chunk (
    attachment_id TEXT NOT NULL REFERENCES attachment (id),
    seq           INT64 NOT NULL,
    body          BLOB NOT NULL,
    PRIMARY KEY (attachment_id, seq)
);

CREATE TABLE vulnerability (
    id      TEXT PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id),
    ordinal INT64 NOT NULL,
    content BLOB NOT NULL, -- JSON: cve, cwe, vectors by issuer, words, facts p x a with dates
    rev     INT64 NOT NULL,
    UNIQUE (case_id, ordinal)
);

-- What a vendor said of its products, each time it said it.
CREATE TABLE status (
    id        TEXT PRIMARY KEY,
    case_id   TEXT NOT NULL REFERENCES cases (id),
    lane      TEXT NOT NULL,
    at        INT64 NOT NULL,
    person_id TEXT REFERENCES person (id),
    content   BLOB NOT NULL -- JSON: status, products with versions, statement, url
);
CREATE INDEX status_case ON status (case_id, id);

-- Who did what, when, on whose behalf.  Only ever added to.
CREATE TABLE history (
    id        TEXT PRIMARY KEY,
    case_id   TEXT REFERENCES cases (id),
    report_id TEXT REFERENCES report (id),
    org_id    TEXT REFERENCES org (id), -- settings and people of an organisation
    at        INT64 NOT NULL,
    person_id TEXT REFERENCES person (id),
    dept_id   TEXT REFERENCES dept (id),
    behalf_id TEXT REFERENCES dept (id), -- acted for this department
    act       TEXT NOT NULL, -- a word history_ACT of po/
    audience  INT64 NOT NULL,
    lane      TEXT NOT NULL,
    step      TEXT NOT NULL,
    content   BLOB NOT NULL -- JSON of what the sentence names
);
CREATE INDEX history_case ON history (case_id, id);
CREATE INDEX history_report ON history (report_id, id);
CREATE INDEX history_org ON history (org_id, id);
CREATE INDEX history_office ON history (id)
    WHERE case_id IS NULL AND report_id IS NULL AND org_id IS NULL;
-- only sqlite
CREATE TRIGGER history_stays_u BEFORE UPDATE ON history BEGIN SELECT RAISE(ABORT, 'history is only added to'); END;
CREATE TRIGGER history_stays_d BEFORE DELETE ON history BEGIN SELECT RAISE(ABORT, 'history is only added to'); END;
CREATE TRIGGER text_stays_u BEFORE UPDATE ON text BEGIN SELECT RAISE(ABORT, 'a text is never altered'); END;
-- end
-- only postgres
CREATE FUNCTION stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'only added to'; END $$;
CREATE TRIGGER history_stays BEFORE UPDATE OR DELETE ON history FOR EACH ROW EXECUTE FUNCTION stays();
CREATE TRIGGER text_stays BEFORE UPDATE ON text FOR EACH ROW EXECUTE FUNCTION stays();
-- end

-- Effects that leave the process, written with the act that causes them.
CREATE TABLE outbox (
    id      TEXT PRIMARY KEY,
    kind    TEXT NOT NULL, -- task date finder: notices, which become: mail; settle
    due     INT64 NOT NULL,
    tries   INT64 NOT NULL,
    done    INT64,
    failed  TEXT, -- why it was given up, for the administrator; NULL: it was not
    topic   BLOB, -- of a mail: one that says the same is not put beside one that waits
    content BLOB NOT NULL
);
CREATE INDEX outbox_topic ON outbox (topic) WHERE done IS NULL;
CREATE INDEX outbox_failed ON outbox (done, id) WHERE failed IS NOT NULL;
CREATE INDEX outbox_due ON outbox (due, id) WHERE done IS NULL;

-- An analyst (person of an analysis body under agreement) whom reception asked to help verify.
CREATE TABLE report_helper (
    report_id TEXT NOT NULL REFERENCES report (id),
    person_id TEXT NOT NULL REFERENCES person (id),
    since     INT64 NOT NULL,
    PRIMARY KEY (report_id, person_id)
);
CREATE INDEX report_helper_person ON report_helper (person_id, report_id);
