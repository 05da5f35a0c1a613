-- What of an advisory becomes public when: planned by one person, approved by another.
CREATE TABLE release_plan (
    id            TEXT PRIMARY KEY,
    case_id       TEXT NOT NULL REFERENCES cases (id),
    lang          TEXT NOT NULL, -- ja en; a withdrawal is that of both, and stands with ja
    kind          TEXT NOT NULL, -- first update withdrawal
    at            INT64 NOT NULL, -- from when on it may be public
    zone          TEXT NOT NULL, -- in which the instant was chosen
    line          BLOB NOT NULL, -- JSON: what the history will say, ja and en
    planned_by    TEXT NOT NULL REFERENCES person (id),
    planned_for   TEXT REFERENCES dept (id),
    planned_at    INT64 NOT NULL,
    digest        TEXT, -- of the record that was approved
    built         TEXT, -- of the files that the dry run built of it
    approved_by   TEXT REFERENCES person (id),
    approved_at   INT64,
    held_at       INT64, -- its instant had come, and it could not be released
    held_why      TEXT, -- a word problem_WHY
    released_at   INT64,
    revision      INT64, -- of the publication that it made
    cancelled_at  INT64,
    cancelled_by  TEXT REFERENCES person (id), -- NULL: by what was released otherwise
    cancelled_why BLOB,
    rev           INT64 NOT NULL
);
CREATE INDEX release_plan_case ON release_plan (case_id, id);
CREATE INDEX release_plan_due ON release_plan (at)
 WHERE approved_at IS NOT NULL AND released_at IS NULL AND cancelled_at IS NULL AND held_at IS NULL;
-- One is enough at a time.
CREATE UNIQUE INDEX release_plan_open ON release_plan (case_id, lang)
 WHERE released_at IS NULL AND cancelled_at IS NULL;

-- The right to it, of those who have the coordinator's own notes: bit 17 beside bit 10.
UPDATE grant_ SET audiences = audiences + 131072 WHERE audiences & 1024 <> 0;

-- An installation that is in use goes on as it did until it decides otherwise.
INSERT INTO setting (key, value, rev)
SELECT 'release_approval', 'no', 1 FROM (SELECT min(id) AS id FROM org) AS o
 WHERE o.id IS NOT NULL;
