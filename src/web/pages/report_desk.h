/* report_desk.h - one report for those who work on it: the intake, a site's operator, an
 * analyst, those who have the right through its case. */
#ifndef WEB_PAGES_REPORT_DESK_H
#define WEB_PAGES_REPORT_DESK_H

#include "app/report_choices.h"
#include "web/report_out.h"

/* clang-format off */
enum desk_act {
    DESK_ACCEPT, DESK_REFUSE, DESK_TRIAGE, DESK_SITE, DESK_ANALYST, DESK_CLOSE, DESK_ANSWER,
    DESK_SAY, DESK_ACTS
};
/* clang-format on */

enum err desk_show(struct ctx *cx, struct request *rq, struct reply *an);

/* Do it with what came, then back to the report; or the page again with its form. */
enum err desk_do(struct ctx *cx, struct request *rq, struct reply *an, enum desk_act act);

/* --- for the template --------------------------------------------------------------------------- */

struct desk_button {
    str label, css;
    url href;
};
struct desk_similar {
    str title, lang, number, excerpt;
    url href;
};
struct desk_view {
    str receipt, title, title_lang, kind, source, lang_name, state, recipient;
    str outcome; /* why it was refused, or how it ended; empty: neither */
    enum look look;
    struct next_lines next;
    struct stages stages;
    const struct desk_button *buttons;
    size_t nbuttons;
    str number; /* of the case, for those who may know of it */
    url case_href;
    /* the form that is open */
    bool open;
    str act_title, act_text, act_send;
    html problems, csrf, once, act_fields, act_hidden;
    url act, self;
    /* what was sent */
    bool sees_content, sees_identity;
    struct report_pairs sent, consents;
    html files;
    bool has_files;
    const struct desk_similar *similar;
    size_t nsimilar;
    /* talk, and what stands beside it */
    bool sees_talk, may_say;
    html talk, say, beside;
    url say_act;
    str site;
    const str *helpers;
    size_t nhelpers;
    struct history_lines history;
};
void tpl_report_desk(struct html_out *o, const struct desk_view *v);
void tpl_desk_head(struct html_out *o, const struct desk_view *v);
void tpl_desk_act(struct html_out *o, const struct desk_view *v);
void tpl_desk_sent(struct html_out *o, const struct desk_view *v);
void tpl_desk_talk(struct html_out *o, const struct desk_view *v);

#endif
