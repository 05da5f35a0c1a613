/* report_out.h - pieces that every page about a report shares, whoever reads it. */
#ifndef WEB_REPORT_OUT_H
#define WEB_REPORT_OUT_H

#include "app/reports.h"
#include "web/parts.h"
#include "web/talk.h"

/* How it stands: a word with its shape. */
enum look report_look(str state);
str report_state_word(struct ctx *cx, str state);
str report_kind_word(struct ctx *cx, str kind);
str report_source_word(struct ctx *cx, str source);

/* What was sent, part by part; consents are left out where they are shown as they are now. */
struct report_pair {
    str label, value, lang; /* lang: where it is not the page's; else absent */
    str section;            /* title of its part, on the first of it; else absent */
};
struct report_pairs {
    const struct report_pair *v;
    size_t n;
};
void tpl_report_pairs(struct html_out *o, const struct report_pairs *v);
struct report_pairs report_pairs(struct ctx *cx, const struct report_view *r, bool consents);

/* The three consents and the credit, as they are now. */
struct report_pairs report_consents(struct ctx *cx, const struct report_view *r);

/* The conversation with the finder, or (intake, site) what stands beside it; files at base. */
html report_talk(struct ctx *cx, const struct report_view *r, bool with_finder, str base);
html report_files(struct ctx *cx, const struct report_view *r, str base);

/* The way of a report: where it is on it. */
struct stage {
    str label, css, here; /* css: done or none; here: aria-current */
    opt_i64 at;
};
struct stages {
    struct stage v[4];
    size_t n;
};
void tpl_report_stages(struct html_out *o, const struct stages *v);
struct stages report_stages(struct ctx *cx, const struct report_view *r);

/* Clocks that run: what happens next, and by when. */
struct next_line {
    str what;
    i64 due;
    bool late;
};
struct next_lines {
    const struct next_line *v;
    size_t n;
};
void tpl_report_next(struct html_out *o, const struct next_lines *v);
struct next_lines report_next(struct ctx *cx, const struct report_view *r);

/* What happened, newest first. */
struct history_lines {
    const struct history_line *v;
    size_t n;
};
void tpl_report_history(struct html_out *o, const struct history_lines *v);

/* "ja" where the page is not Japanese, and so on; else absent. */
str other_lang(const struct ctx *cx, str lang);

#endif
