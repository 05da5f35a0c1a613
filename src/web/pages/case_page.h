/* case_page.h - the page of a case: who it is, what waits, the board, the talk, the facts. */
#ifndef WEB_PAGES_CASE_PAGE_H
#define WEB_PAGES_CASE_PAGE_H

#include "web/files.h"
#include "web/pages/step_card.h"

extern const struct routes case_routes, case_talk_routes, case_manage_routes;

/* --- what may be done with it: case_manage.c ---------------------------------------------------- */

/* One act as a form. */
struct case_act {
    str heading, text, button; /* text: who will see what */
    html problems, fields;
    url act;
};
struct case_manage {
    const struct case_act *v;
    size_t n;
    html csrf, once; /* of a form */
};

/* What this reader may do, as links: only the headings and addresses are set. */
void case_manage_make(struct ctx *cx, const struct case_view *c, struct case_manage *out);

/* --- the talk: case_talk.c ---------------------------------------------------------------------- */

struct case_talk_form {
    html csrf, once, problems, fields, files;
    url send, seen;
};

/* typed: a message that came back with problems; NULL: none. */
void case_talk_make(struct ctx *cx, const struct request *rq, str base, const struct input *typed,
                    struct case_talk_form *out);

/* --- the pages ------------------------------------------------------------------------------------ */

struct case_page {
    const struct case_view *c;
    str base;  /* "/ja/cases/70418253" */
    url cases; /* the list */
    const struct step_card *open;
    struct case_talk_form talk;
    const struct case_manage *manage;
    const str *vendor_words; /* what each vendor says, in words */
    url older, history, board_before, board_after;
    bool has_before, has_after, may_release;
    str heading; /* of a page beside the main one */
};

void tpl_case_page(struct html_out *o, const struct case_page *p);
void tpl_case_ident(struct html_out *o, const struct case_page *p);
void tpl_case_contents(struct html_out *o, const struct case_page *p);
void tpl_case_crumbs(struct html_out *o, const struct case_page *p);
void tpl_case_now(struct html_out *o, const struct case_page *p);
void tpl_case_now_item(struct html_out *o, const struct case_page *p, const struct now_item *it);
void tpl_case_board(struct html_out *o, const struct case_page *p);
void tpl_case_row(struct html_out *o, const struct case_page *p, const struct board_row *row);
void tpl_case_chip(struct html_out *o, const struct case_page *p, const struct chip *c);
void tpl_case_legend(struct html_out *o);
void tpl_case_talk(struct html_out *o, const struct case_page *p);
void tpl_case_entry(struct html_out *o, const struct case_page *p, const struct talk_entry *e);
void tpl_entry_file_list(struct html_out *o, const struct case_page *p, const struct talk_entry *e);
void tpl_case_reply(struct html_out *o, const struct case_page *p);
void tpl_case_vulns(struct html_out *o, const struct case_page *p);
void tpl_case_vendors(struct html_out *o, const struct case_page *p);
void tpl_case_vendor(struct html_out *o, const struct vendor_line *v, str status);
void tpl_case_reports(struct html_out *o, const struct case_page *p);
void tpl_case_clocks(struct html_out *o, const struct case_page *p);
void tpl_case_clock(struct html_out *o, const struct clock_line *c);
void tpl_case_history(struct html_out *o, const struct case_page *p);
void tpl_history_rows(struct html_out *o, const struct history_line *v, size_t n);
void tpl_case_manage(struct html_out *o, const struct case_page *p);
void tpl_case_act(struct html_out *o, const struct case_manage *m, const struct case_act *a);

/* The conversation on a page of its own, with all that was said. */
void tpl_case_messages(struct html_out *o, const struct case_page *p);

struct case_history_page {
    const struct case_ident *ident;
    const struct crumb *crumbs;
    size_t ncrumbs;
    const struct history_line *v;
    size_t n;
    struct pager_view pager;
};
void tpl_case_history_page(struct html_out *o, const struct case_history_page *p);

/* An act that came back with problems. */
struct case_act_page {
    const struct case_manage *manage;
    const struct crumb *crumbs;
    size_t ncrumbs;
};
void tpl_case_act_page(struct html_out *o, const struct case_act_page *p);

/* One text to be passed on. */
struct case_relay_to {
    str key, name, id;
    const struct phrases *sees;
    bool chosen;
};
struct case_relay_page {
    const struct relay_view *v;
    const struct crumb *crumbs;
    size_t ncrumbs;
    const struct case_relay_to *to;
    size_t nto;
    html csrf, once, problems, fields;
    url act;
};
void tpl_case_relay(struct html_out *o, const struct case_relay_page *p);

/* --- for templates ---------------------------------------------------------------------------- */

url case_to(struct html_out *o, str base, const char *rest);
url case_lanes(struct html_out *o, const struct case_page *p, size_t first);
url case_thread(struct html_out *o, const struct case_page *p, str key, str text_id);
url case_relay_url(struct html_out *o, const struct case_page *p, str text_id);
url case_report_url(struct html_out *o, str report_id);
enum word share_role_word(str role);
enum word share_level_word(str level);
struct file_lines entry_files(struct html_out *o, const struct case_page *p,
                              const struct talk_entry *e);
str phase_css(enum phase_is is);
str phase_name(enum lang lang, int phase);
enum word phase_word(enum phase_is is);

/* Crumbs of a page below a case: the cases, the case, the page. */
const struct crumb *case_crumbs(struct ctx *cx, const struct case_ident *ident, enum word here);

#endif
