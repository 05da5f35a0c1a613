/* step_card.h - one step as a card: its question, the texts it rests on, the form, signatures.
 * In place on the case's page, alone, and in the inbox. */
#ifndef WEB_PAGES_STEP_CARD_H
#define WEB_PAGES_STEP_CARD_H

#include "app/case_view.h"
#include "web/parts.h"

struct step_card {
    const struct step_view *v;
    html csrf, problems;
    html hidden, fields; /* of the answer */
    html place;          /* hidden fields of every small form: lane, token, where from */
    html sign_hidden, sign_fields, invite_fields, skip_fields, due_fields, note_hidden, note_fields;
    url perform, draft, sign, invite, skip, due, note;
    url plan;  /* the release plan of what the step publishes */
    url close; /* where the card closes to; empty: nowhere */
    str close_word;
    str button; /* what the main button does */
    str seat;   /* as which department the reader answers */
    str tlp;
    bool alone; /* the heading is the page's own */
    bool moved; /* what was typed could not be used: the step has moved on */
    bool brief; /* what is asked and what is to be read for it, and no more */
    const struct answer_view *typed;
    size_t ntyped;
};
void tpl_step_card(struct html_out *o, const struct step_card *c);
void tpl_step_chips(struct html_out *o, const struct step_card *c);
void tpl_step_state(struct html_out *o, const struct step_card *c);
void tpl_step_read(struct html_out *o, const struct step_card *c);
void tpl_step_forms(struct html_out *o, const struct step_card *c);
void tpl_step_aside(struct html_out *o, const struct step_card *c);
void tpl_step_more(struct html_out *o, const struct step_card *c);
void tpl_way(struct html_out *o, const struct step_way *way, size_t n, str label);
void tpl_answers(struct html_out *o, const struct answer_views *a);
void tpl_answer(struct html_out *o, const struct answer_view *a);
void tpl_products(struct html_out *o, const struct product_view *v, size_t n);

/* How a step stands, by shape and colour. */
enum look chip_look(enum chip_is is);
str chip_css(enum chip_is is);

/* Prose as people wrote it, or as Markdown. */
html answer_html(struct html_out *o, const struct answer_view *a);
enum look product_look(str status);
str product_word(str status, enum lang lang);

/* base: "/ja/cases/70418253".  In place on the case's page; the step's own page; an act of it,
 * which takes its lane as a field. */
url step_in_place(struct arena *a, str base, str lane, str step);
url step_alone(struct arena *a, str base, str lane, str step);
url step_act(struct arena *a, str base, str step, const char *act);

/* "/ja/cases/70418253" of a case's number. */
str case_base(struct ctx *cx, str digits);

/* Which form of a card came back with problems, and what was typed into it. */
struct step_typed {
    const char *form; /* NULL: the answer; "sign", "invite", "skip", "due", "note" */
    const struct input *in;
};

/* typed NULL: nothing came back.  back: "inbox", or absent: where its forms lead to. */
enum err step_card_make(struct ctx *cx, const struct request *rq, const struct case_ident *ident,
                        const struct step_view *v, const struct step_typed *typed, str back,
                        struct step_card *out);

/* What was typed for a step that moved on, by the names of its questions, so that nobody
 * writes it twice. */
void step_card_moved(struct ctx *cx, enum flow flow, const struct input *in, struct step_card *c);

#endif
