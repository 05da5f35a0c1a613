/* lists.h - what a person has: the inbox, the cases.  Everything here joins the grants. */
#ifndef APP_LISTS_H
#define APP_LISTS_H

#include "app/ctx.h"

struct list_window {
    size_t limit; /* rows wanted, 1 to DB_LIST_MAX */
    str after;    /* cursor of the page before; absent: from the start */
    str next;     /* out: absent on the last page */
    i64 total;    /* out: of all pages; DB_COUNT_MAX + 1 stands for more */
};

/* --- cases -------------------------------------------------------------------------------- */

struct case_filter {
    str flow;                /* absent: any */
    opt_i64 phase;           /* 0 to 6; for those alone who may know it, see case_list_is_wide */
    opt_i64 open, published; /* 1 or 0 */
    bool oldest_first;
};
struct case_line {
    str id, number, title; /* title: in the reader's language where there is one; absent: not
                            * for this reader */
    str title_lang;        /* ja or en: what the title is in */
    enum flow flow;
    str entry;
    i64 opened;
    bool closed;   /* nothing is left to do */
    opt_i64 phase; /* of all vendors together; none: not for this reader */
    opt_i64 planned, published;
};

/* Whether the reader may know how a case stands as a whole: reception and coordinator. */
bool case_list_is_wide(const struct ctx *cx);

/* E_INVALID: a phase is asked for by somebody who may not know it.  What waits, and until when,
 * differs from reader to reader: see desk.h. */
enum err case_list(struct ctx *cx, const struct case_filter *f, struct list_window *w,
                   struct case_line **out, size_t *n);

/* --- the inbox ---------------------------------------------------------------------------- */

struct task_filter {
    str step, case_id; /* absent: any */
    bool overdue;
    bool newest_first;
};
struct task_line {
    str id, case_id, number, title, title_lang, lane, step, step_title;
    str dept; /* for which of the actor's departments; absent: for the person itself */
    enum actor actor;
    enum flow flow;
    i64 round, hop, since; /* hop 0: a signature */
    opt_i64 due;
};
enum err task_list(struct ctx *cx, const struct task_filter *f, struct list_window *w,
                   struct task_line **out, size_t *n);

/* What one has in all; each count stops at `most`: every page shows them, and to count a
 * thousand rows costs as much as the rest of a page. */
struct counts {
    i64 tasks, late, cases;
    i64 approvals; /* release plans: of others, not approved or changed since; own ones held */
};
enum { BADGE_MAX = 100, COUNT_MAX = 1001 };
enum err count_own(struct ctx *cx, i64 most, struct counts *out);

/* The newest title of each case that the actor may see, in its language where there is one.
 * titles[i] belongs to case_ids[i]; absent: no title, or no right to it. */
enum err titles_for(struct ctx *cx, const str *case_ids, size_t n, str *titles, str *langs);

#endif
