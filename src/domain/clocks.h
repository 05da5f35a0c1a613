/* clocks.h - what is due when: process/clocks.tsv over the instants of a case.
 *
 * A clock is derived, never stored: its start is an instant that the records give, its rule and
 * its source are a row of the table.  So a new law is a new row. */
#ifndef DOMAIN_CLOCKS_H
#define DOMAIN_CLOCKS_H

#include "base/time.h"
#include "domain/process.h"

/* clang-format off */
/* The instants that rows may name. */
enum instant {
    AT_REPORT_RECEIVED,
    AT_FINDER_ACKNOWLEDGED,
    AT_REPORT_ACCEPTED,    /* the finder was told so */
    AT_HANDLING_BEGAN,
    AT_FIRST_CONTACT,      /* the coordinator first tried to reach the vendor */
    AT_OVERVIEW_NOTIFIED,
    AT_DETAILS_PROVIDED,
    AT_FINDER_TOLD,        /* the latest word to the finder */
    AT_FINDER_TOLD_END,    /* the last one: it is published, or handling ended */
    AT_SITE_NOTIFIED, AT_SITE_ANSWERED, AT_SITE_REPORTED,
    AT_DEVELOPER_LISTED, AT_PRODUCT_LISTED, AT_DEADLINE_SHOWN, /* of an unreachable developer */
    AT_WITHDRAWAL_ASKED,   /* of the non-disclosure request */
    AT_DATE_SETTLED,       /* when the date of publication was agreed */
    AT_PUBLICATION_DATE,   /* the date itself */
    AT_PUBLISHED_JA, AT_PUBLISHED_EN, AT_CVE_PUBLISHED,
    AT_EXPLOITATION_AWARE, AT_FIX_AVAILABLE,
    AT_CRA_WARNED, AT_CRA_NOTIFIED, AT_CRA_FINISHED,
    AT_CLOSED,             /* the report, the case or the lane */
    INSTANT_COUNT
};

/* What must hold for some clocks. */
enum clock_when {
    WHEN_REPORTED_IN_JAPAN,  /* first reported in Japan */
    WHEN_OVERSEAS_POLICY,    /* an overseas coordinator with a policy of its own has it */
    WHEN_CVE_OURS,           /* this installation numbered it */
    WHEN_EU_MARKET,          /* the product is on the market of the European Union */
    WHEN_EXPLOITED,          /* attacks are seen */
    CLOCK_WHEN_COUNT
};
enum clock_scope { SCOPE_REPORT, SCOPE_CASE, SCOPE_LANE, CLOCK_SCOPE_COUNT };
enum clock_kind { CLOCK_DUTY, CLOCK_TARGET, CLOCK_RIGHT, CLOCK_INTERVAL, CLOCK_KIND_COUNT };
enum clock_unit { UNIT_HOURS, UNIT_DAYS, UNIT_MONTHS, UNIT_BUSINESS_DAYS, CLOCK_UNIT_COUNT };
/* clang-format on */

struct clock_row {
    str id, edition;
    unsigned flows;  /* 1 << enum flow */
    unsigned scopes; /* 1 << enum clock_scope */
    bool is_default;
    enum clock_kind kind;
    unsigned starts, stops; /* 1 << enum instant */
    int amount;
    enum clock_unit unit;
    int moved_by;  /* enum instant, -1: none */
    unsigned when; /* 1 << enum clock_when, all of them */
    str word[LANGS], source[LANGS];
};
struct clocks {
    const struct clock_row *v;
    size_t n;
};

/* E_INVALID: *fault says where and why, as in process.h.  Points into the arena and the text. */
enum err clocks_load(struct arena *a, str text, struct clocks *out, struct process_fault *fault);

/* Each clock has its words and one default edition, each edition once; no clock is met by what
 * starts it alone. */
void clocks_check(struct arena *a, const struct clocks *clocks, struct findings *out);

/* What an installation decided otherwise. */
struct clock_choice {
    str id;
    str edition; /* absent: the default one */
    int amount;  /* of the row's unit; 0: the row's */
};

struct clock_question {
    enum flow flow;
    enum clock_scope scope;
    i64 at[INSTANT_COUNT]; /* 0: not known, or not yet */
    unsigned when;         /* 1 << enum clock_when */
    const struct zone *zone;
    i64 now;
    const struct clock_choice *choices;
    size_t nchoices;
    const i64 *holidays; /* instants within days that are no business days; may be empty */
    size_t nholidays;
};

/* running: before its time.  overdue: a duty, target or interval that has passed.  reached: a
 * right that somebody now has.  met: one of its stops is known. */
enum clock_is { CLOCK_RUNNING, CLOCK_OVERDUE, CLOCK_REACHED, CLOCK_MET };
struct clock_state {
    const struct clock_row *row;
    i64 start, due;
    i64 met_at; /* 0: not met */
    bool moved; /* due is the agreed date */
    enum clock_is is;
};
struct clock_states {
    struct clock_state *v;
    size_t n, cap;
};

/* The clocks that have started, nearest due first; then those met, the latest first. */
void clocks_compute(struct arena *a, const struct clocks *clocks, const struct clock_question *q,
                    struct clock_states *out);

str instant_name(enum instant i);

/* Hours, days, months in the zone by the wall clock; business days end at the same time of day. */
i64 clock_add(i64 at, int amount, enum clock_unit unit, const struct zone *z, const i64 *holidays,
              size_t nholidays);

#endif
