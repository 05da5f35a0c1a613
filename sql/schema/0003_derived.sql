-- What follows from the records, kept for lists; `kakehashi check` computes it anew and compares.
CREATE TABLE grant_ (
    principal TEXT NOT NULL, -- a department's, person's or report's id
    case_id   TEXT NOT NULL REFERENCES cases (id),
    lane      TEXT NOT NULL, -- empty: texts of the case; * : of every lane
    step      TEXT NOT NULL, -- empty: every step
    audiences INT64 NOT NULL, -- bits of enum audience
    since     INT64 NOT NULL,
    PRIMARY KEY (principal, case_id, lane, step)
);
CREATE INDEX grant_case ON grant_ (case_id);

-- What waits for a principal.
CREATE TABLE task (
    id        TEXT PRIMARY KEY,
    principal TEXT NOT NULL,
    case_id   TEXT NOT NULL REFERENCES cases (id),
    lane      TEXT NOT NULL,
    step      TEXT NOT NULL,
    round     INT64 NOT NULL,
    hop       INT64 NOT NULL, -- 0: a signature
    actor     TEXT NOT NULL,
    since     INT64 NOT NULL,
    due       INT64,
    due_sort  INT64 NOT NULL -- due, or far away
);
CREATE INDEX task_principal ON task (principal, due_sort, id);
CREATE INDEX task_case ON task (case_id);

CREATE TABLE case_index (
    case_id   TEXT PRIMARY KEY REFERENCES cases (id),
    phase     INT64 NOT NULL, -- 0 to 5; 6: nothing waits
    waiting   INT64 NOT NULL, -- how many tasks
    due_sort  INT64 NOT NULL, -- of the nearest
    updated   INT64 NOT NULL,
    planned   INT64, -- the planned instant of publication
    published INT64
);
CREATE INDEX case_index_planned ON case_index (planned) WHERE published IS NULL;
