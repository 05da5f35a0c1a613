/* report_list.h - the reports that a person has: received, sent, own site's, asked to help.
 *
 * Which lists there are follows from the seats.  Each shows a seat's own and nothing else. */
#ifndef APP_REPORT_LIST_H
#define APP_REPORT_LIST_H

#include "app/lists.h"
#include "app/reports.h"

/* clang-format off */
enum report_queue {
    QUEUE_INTAKE, /* received here: reception, coordinator, a vendor's contact */
    QUEUE_SENT,   /* sent by one's own department: overseas coordinator, vendor */
    QUEUE_SITE,   /* about one's own website */
    QUEUE_HELP,   /* asked to help with */
    QUEUE_COUNT
};
enum report_stand {
    STAND_ANY, STAND_WAITING, STAND_HANDLING, STAND_ACCEPTED, STAND_REFUSED, STAND_ENDED,
    STAND_LATE, /* no word to the finder within the time of its clock */
    STAND_OPEN, /* lists other than QUEUE_INTAKE know this, ended and any */
    STAND_COUNT
};
/* clang-format on */
str report_queue_name(enum report_queue q); /* intake, sent, site, help */
bool report_queue_find(str name, enum report_queue *out);
str report_stand_name(enum report_stand s); /* empty, waiting, handling, … */
bool report_stand_find(str name, enum report_stand *out);

/* Whether the actor has such a list at all. */
bool report_queue_has(const struct ctx *cx, enum report_queue q);

struct report_filter {
    str kind, source; /* absent: any; QUEUE_INTAKE alone */
    enum report_stand stand;
    bool oldest_first;
};
struct report_line {
    str id, receipt, kind, source, lang;
    str title;              /* product or address; absent: not for this reader */
    str state, disposition; /* state: a word report_state_STATE of po/ */
    str case_number;        /* absent: none, or not in this list */
    i64 received;
    opt_i64 since; /* asked to help, or notified, then */
    opt_i64 told, accepted, ended;
    str clock; /* the nearest one that runs, or is overdue, in words; absent: none */
    opt_i64 due;
};

/* E_NOT_FOUND: the actor has no such list. */
enum err report_list(struct ctx *cx, enum report_queue q, const struct report_filter *f,
                     struct list_window *w, struct report_line **out, size_t *n);

/* How many there are of each standing in QUEUE_INTAKE; DB_COUNT_MAX + 1 stands for more. */
enum err report_counts(struct ctx *cx, i64 out[STAND_COUNT]);

#endif
