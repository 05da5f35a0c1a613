/* case_out.h - inside web/api/: how cases and their parts look as JSON. */
#ifndef WEB_API_CASE_OUT_H
#define WEB_API_CASE_OUT_H

#include "app/case_view.h"
#include "app/desk.h"
#include "app/lists.h"
#include "web/api_doc.h"

extern const struct out_schema answer_schema; /* struct answer_view */
/* A case of a list, and what of it waits, as far as the reader may know. */
struct case_line_out {
    struct case_line line;
    struct case_waits waits;
};
extern const struct out_schema case_line_schema; /* struct case_line_out */
extern const struct out_schema history_schema;   /* struct history_line */
extern const struct out_schema vendor_schema;    /* struct vendor_line */
extern const struct out_schema file_schema;      /* struct attachment with its place */
extern const struct out_schema field_schema;     /* struct field_out */
extern const struct out_schema step_line_schema; /* struct step_view, its state alone */
extern const struct out_schema step_schema;      /* struct step_out */
extern const struct out_schema case_schema;      /* struct case_out */

/* Words of closed lists, for OUT_ENUM. */
str flow_word(unsigned v);
str actor_word(unsigned v);
str chip_name(unsigned v);

/* A question or field, for programs that draw their own form. */
struct choice_out {
    str value, label;
};
struct field_out {
    str name, type, label, hint;
    bool required;
    i64 max;
    const struct choice_out *choices;
    size_t nchoices;
    str audience; /* who will read the answer; absent: not an answer of its own */
};
/* questions: as in struct step_form, or NULL. */
const struct field_out *fields_out(struct ctx *cx, const struct field_rule *rules, size_t n,
                                   const struct question **questions);

struct case_out {
    struct case_view v;
    struct phase_out {
        i64 phase;
        str state;
    } phases[PHASES];
    const struct phase_out *all_phases;
    size_t nphases;
};

struct step_out {
    struct case_ident ident;
    struct step_view v;
    const struct field_out *questions, *invite;
    size_t nquestions, ninvite;
};

#endif
