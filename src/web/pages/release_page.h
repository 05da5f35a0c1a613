/* release_page.h - the release plan of an advisory: what becomes public where and when, its
 * rehearsal, and who planned and approves it. */
#ifndef WEB_PAGES_RELEASE_PAGE_H
#define WEB_PAGES_RELEASE_PAGE_H

#include "app/release_plan.h"
#include "web/field.h"
#include "web/pages/advisory_page.h"
#include "web/parts.h"

extern const struct routes release_routes;

struct rel_form {                     /* one of the forms that the public gets */
    str name, media, digest, digest8; /* whole, and as it is shown */
    url href;
    i64 bytes;
};
struct rel_finding {
    enum look look;
    str level, of, test, path, text, mend;
};
struct rel_cell {
    str name, values, expected;
    enum look look;
    str verdict;
};
struct rel_row {
    str field, value; /* value: what the page says */
    enum look look;
    str verdict;
    const struct rel_cell *cells; /* those that differ */
    size_t ncells;
};

/* A rehearsal. */
struct rel_dry {
    bool is, ready;
    i64 at;      /* when it was made */
    str made_of; /* a sentence */
    str counts, digest, lang;
    const struct rel_form *forms;
    size_t nforms;
    const struct rel_finding *findings;
    size_t nfindings;
    const struct rel_row *rows;
    size_t nrows;
    html reader; /* what a reader will see */
    str reader_title;
};

struct rel_plan {
    str id, what, state, zone_at; /* zone_at: the instant in the plan's zone */
    enum look look;
    i64 at, planned_at, approved_at, held_at;
    bool other_zone; /* than the reader's */
    bool at_once;    /* the instant had come when it was planned: nothing is overdue */
    str planner, approver, held_why, line_ja, line_en, line_label;
    bool is_held, is_stale, own, may_approve, may_unapprove, may_cancel, may_run;
    bool has_due, late;
    i64 due;
    html hidden, cancel_fields;
    url approve, unapprove, cancel, run, rehearse;
    struct rel_dry dry;
};
struct rel_past {
    str what, state, zone_at, planner, approver, why;
    enum look look;
    bool has_end, has_revision;
    i64 end, revision;
};
struct rel_new {
    str id, what;
    html hidden, fields;
    bool has_due;
    i64 due;
};
struct release_view {
    str number;
    url cases, case_href, editor, plan;
    bool needed, conflict;
    html csrf, problems;
    const struct rel_plan *plans;
    size_t nplans;
    const struct rel_new *news;
    size_t nnews;
    const struct rel_past *past;
    size_t npast;
};
void tpl_release(struct html_out *o, const struct release_view *v);
void tpl_rel_plan(struct html_out *o, const struct rel_plan *p, html csrf);
void tpl_rel_dry(struct html_out *o, const struct rel_plan *p, html csrf);
void tpl_rel_past(struct html_out *o, const struct release_view *v);
void tpl_rel_acts(struct html_out *o, const struct rel_plan *p, html csrf);

#endif
