/* track_page.h - the finder's own report, by receipt key; and the same for a source that signs
 * in (reports_page.h). */
#ifndef WEB_PAGES_TRACK_PAGE_H
#define WEB_PAGES_TRACK_PAGE_H

#include "web/report_out.h"

extern const struct routes track_routes;

/* One's own report and what its sender can do with it.  page: where it is shown; base: what
 * its forms go to ("/ja/track"). */
struct own {
    str id, page, base;
    bool key; /* opened by a receipt key */
};
enum err own_show(struct ctx *cx, struct request *rq, struct reply *an, const struct own *w);
enum err own_say(struct ctx *cx, struct request *rq, struct reply *an, const struct own *w);
enum err own_answer(struct ctx *cx, struct request *rq, struct reply *an, const struct own *w);
enum err own_inquire(struct ctx *cx, struct request *rq, struct reply *an, const struct own *w);
enum err own_consents(struct ctx *cx, struct request *rq, struct reply *an, const struct own *w);
enum err own_withdraw(struct ctx *cx, struct request *rq, struct reply *an, const struct own *w);
enum err own_disclosure(struct ctx *cx, struct request *rq, struct reply *an, const struct own *w);

/* --- for the template --------------------------------------------------------------------------- */

/* A step that waits for the sender. */
struct own_task {
    str title;
    opt_i64 due;
    bool open; /* its form is here */
    url href;  /* otherwise: where it is */
    html fields, hidden;
    url act;
};
struct own_ask {
    str kind, label;
};
struct own_view {
    str receipt, title, kind, state, text;
    enum look look;
    struct stages stages;
    struct next_lines next;
    const struct own_task *tasks;
    size_t ntasks;
    const struct own_ask *asks;
    size_t nasks;
    html problems, csrf, talk, say, files;
    struct report_pairs sent, consents;
    bool may_say, may_consent, consents_open, has_files, key;
    html consent_fields, rev, once;
    bool may_withdraw, withdraw_open;
    html withdraw_fields;
    url withdraw_act, withdraw_show;
    struct disclosure disclosure;
    html disclosure_fields;
    url disclosure_act;
    url say_act, ask_act, consent_act, consent_show, sign_out, portal;
    str sees;
    opt_i64 published;
};
void tpl_own_report(struct html_out *o, const struct own_view *v);
void tpl_own_tasks(struct html_out *o, const struct own_view *v);
void tpl_own_consents(struct html_out *o, const struct own_view *v);
void tpl_own_withdraw(struct html_out *o, const struct own_view *v);
void tpl_own_disclosure(struct html_out *o, const struct own_view *v);

#endif
