/* form.h - a page that is one form, a page that shows a secret once, and lists of facts.
 *
 * A form sends all that it shows: a box that is not ticked and a list of which nothing is
 * chosen are "no" and empty, where an app function would leave alone what is not named. */
#ifndef WEB_FORM_H
#define WEB_FORM_H

#include "web/field.h"
#include "web/parts.h"

/* Fields under one heading; title empty: without one. */
struct form_part {
    str title, intro;
    const struct field_rule *rules;
    size_t n;
};

/* What a page says of itself; see form_page(). */
struct form_page {
    str title, intro, button;
    str sees; /* who will see it, before it is sent; empty: nobody new */
    url act, cancel;
    const struct form_part *parts;
    size_t nparts;
    html hidden;
    const struct crumb *crumbs;
    size_t ncrumbs;
    const struct input *in;  /* typed, or as it stands */
    const struct input *now; /* as it stands by now, where something moved meanwhile; else NULL */
};
void form_page(struct ctx *cx, struct request *rq, struct reply *an, const struct form_page *p);

/* The named fields of what came. */
struct input form_typed(struct ctx *cx, const struct request *rq, const struct form_part *parts,
                        size_t n);

/* Whether to show the form again, its status set: something is wrong, or moved meanwhile. */
bool form_again(struct reply *an, enum err e);

/* What the actor may look at but not do does not exist as a page. */
enum err form_hide(enum err e);

/* A value as people call it: a choice's label, yes or no, an instant. */
str form_value_word(struct ctx *cx, const struct field_rule *r, str value);

/* A filter of a list by one of a rule's choices; any: what stands for all. */
struct filter_view filter_by(struct ctx *cx, const struct field_rule *r, const char *name, str now);

/* --- what the template draws ------------------------------------------------------------------ */

struct form_part_view {
    str title, intro;
    html fields;
};
struct form_moved {
    str label, now;
};
struct form_view {
    const struct form_page *p;
    const struct form_part_view *parts;
    size_t nparts;
    html problems, csrf;
    const struct form_moved *moved;
    size_t nmoved;
};
void tpl_form_page(struct html_out *o, const struct form_view *v);
void tpl_form_part(struct html_out *o, const struct form_part_view *v);
void tpl_form_moved(struct html_out *o, const struct form_view *v);

/* A name and what it is; lang: of the value where it is in the other language. */
struct fact_line {
    str label, value, lang;
    bool mono;
    url href; /* empty: no link */
};
void tpl_facts(struct html_out *o, const struct fact_line *v, size_t n);

/* A secret that is shown once: what it is, and where to go on. */
struct secret_view {
    str title, said, warn;
    const struct fact_line *facts;
    size_t nfacts;
    const struct crumb *crumbs;
    size_t ncrumbs;
    url back;
    str back_label;
};
void tpl_secret(struct html_out *o, const struct secret_view *v);

/* A button that does one thing to one thing. */
struct act_view {
    url act;
    str button, sees;
    html hidden; /* with the session's token */
};
void tpl_act(struct html_out *o, const struct act_view *v);

#endif
