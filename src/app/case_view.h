/* case_view.h - all of a case that one reader may see, and nothing else, in plain structs: the
 * case's page and the API are made of these. */
#ifndef APP_CASE_VIEW_H
#define APP_CASE_VIEW_H

#include "app/board.h"
#include "app/case_acts.h"
#include "app/clock_view.h"
#include "app/history.h"
#include "app/now.h"
#include "app/statuses.h"
#include "app/step_view.h"
#include "app/talk_view.h"
#include "app/vulns.h"

struct case_ident {
    str id, number;        /* number: with the prefix, "KKH#70418253" */
    str digits;            /* without */
    str title, title_lang; /* absent: none that this reader may read */
    str other, other_lang; /* the title in the other language, where there is one */
    enum flow flow;
    str entry; /* finder overseas source */
    str tlp;   /* "TLP:AMBER" */
    i64 opened;
    int phase; /* 0 to 5; 6: nothing is left */
    opt_i64 planned, published;
    opt_i64 overview_at; /* the vendor's start day (起算日), for its own people */
    i64 score;           /* ten times the highest base score; -1: none, or not for this reader */
    str cves;            /* separated by spaces; empty: none */
    str finder;          /* how the finder is known to this reader: a word finder_… of po/ */
    bool names_vendors;
};

/* A vendor, and what it said of its products. */
struct vendor_line {
    str lane, name;
    bool own, closed;
    str status; /* affected …; empty: nothing was said, or it is not for this reader */
    i64 at;
    str statement, statement_lang, url;
    const struct product_view *products;
    size_t nproducts;
    bool may_say;                   /* status_change() */
    const struct vendor_said *said; /* what it said last; NULL: nothing, or may_say is false */
};

/* Another body with whom the case is shared, for the coordinator. */
struct share_line {
    str name, role, level; /* role: peer priority analyst; level: named overview details */
    bool delegated;
};

/* A report that the case came of, for those who may read it. */
struct report_of_case {
    str id, receipt;
    i64 received;
};

struct case_ask {
    const struct access *acc; /* as the router found it; NULL: found anew */
    str lane, step;           /* to be opened in place; step absent: none */
    str thread;               /* of the conversation; absent: chosen */
    bool whole_talk;
    size_t first_vendor; /* rows of the board to leave out */
};

struct case_view {
    struct case_ident ident;
    struct now now;
    struct board board;
    const struct step_view *open; /* NULL: none */
    struct talk_view talk;
    const struct vuln *vulns;
    size_t nvulns;
    const struct vendor_line *vendors;
    size_t nvendors;
    const struct share_line *shares;
    size_t nshares;
    const struct report_of_case *reports;
    size_t nreports;
    str advisory; /* a word advisory_state_… of po/; absent: no right to the draft */
    struct clock_lines clocks;
    const struct history_line *history; /* newest first */
    size_t nhistory;
    bool more_history;
    struct case_may may;
};
enum { CASE_HISTORY = 20 };

/* E_NOT_FOUND: no such case, or no right to know of it. */
enum err case_view(struct ctx *cx, str case_id, const struct case_ask *ask, struct case_view *out);

/* One step alone, for phones and the inbox; lane empty: the case's own, or the reader's.
 * E_NOT_FOUND also: no such step for this reader. */
enum err case_step_view(struct ctx *cx, str case_id, const struct access *acc, str lane, str step,
                        struct case_ident *ident, struct step_view *out);

/* Every step of every lane that the reader may know of, by lane and then in the process's order:
 * its state alone, and whether it waits for the reader. */
enum err case_steps_view(struct ctx *cx, str case_id, const struct access *acc,
                         struct step_view **out, size_t *n);

/* What heads other pages of a case. */
enum err case_head(struct ctx *cx, str case_id, const struct access *acc, struct case_ident *out);

/* Number, flow and title alone; the rest is empty.  The reader may know of the case. */
enum err case_name(struct ctx *cx, str case_id, struct case_ident *out);

/* One text to be passed on, and where to: threads in which the reader may write. */
struct relay_view {
    struct case_ident ident;
    str id, who, body, lang;
    i64 at;
    const struct talk_thread *threads;
    const struct phrases *sees; /* of each thread */
    size_t nthreads;
};
enum err case_relay_view(struct ctx *cx, str case_id, const struct access *acc, str text_id,
                         struct relay_view *out);

/* Clocks of the cases that somebody has. */
struct due_line {
    struct clock_line clock; /* of a step: its word is number and title */
    str case_id, digits, number, title, title_lang;
    str lane, step; /* of a step that is open for this reader; else empty */
};
struct due_lines {
    struct due_line *v; /* nearest first */
    size_t n, cap;
    bool more; /* cases beyond those that were looked at */
};
enum { CLOCK_CASES = 100 };
enum err clocks_of_cases(struct ctx *cx, struct due_lines *out);

#endif
