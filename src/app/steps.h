/* steps.h - perform the process: each hop by its actor, with its questions and signatures.
 *
 * Every function checks anew, inside its transaction, that the actor may know of the case
 * (else E_NOT_FOUND) and may do this (else E_DENIED); what moved meanwhile is E_CONFLICT. */
#ifndef APP_STEPS_H
#define APP_STEPS_H

#include "app/cases.h"
#include "app/form.h"

/* Which step of which lane, as a URL or the API names it. */
struct step_ref {
    str case_id, lane, step; /* lane: a party's id, or empty for the case's own */
};

/* The fields of one hop: its questions, then, at the lead's hop, "take_part" and "inform"
 * (departments to ask and to tell), and "report" (a receipt number) where a word to the
 * finder could go to several. */
struct step_form {
    const struct field_rule *rules;
    size_t n;
    const struct question **questions; /* questions[i] belongs to rules[i]; NULL for the others */
};
enum err step_form(struct ctx *cx, const struct case_file *cf, int lane, int step, int hop,
                   struct step_form *out);

/* The same by reference, for who acts in that hop.  E_NOT_FOUND, E_DENIED as when it is
 * performed. */
enum err step_form_of(struct ctx *cx, const struct step_ref *ref, int hop, struct step_form *out);

/* Perform the hop that is next.  round and hop are those that the person saw. */
enum err step_perform(struct ctx *cx, const struct step_ref *ref, i64 round, i64 hop,
                      const struct input *in);

/* Sign as a department that takes part.  kind: as which; a comment may come along ("comment"). */
enum err step_sign(struct ctx *cx, const struct step_ref *ref, i64 round, enum actor kind,
                   const struct input *in);

/* The fields of step_invite(): departments that were not asked or told yet; rules alone. */
enum err step_invite_form(struct ctx *cx, const struct case_file *cf, int lane, int step,
                          struct step_form *out);

/* Ask departments to take part, or mark them to be told ("take_part", "inform"): the lead's
 * or the POC's. */
enum err step_invite(struct ctx *cx, const struct step_ref *ref, const struct input *in);

/* Skip, with a reason ("reason"). */
enum err step_skip(struct ctx *cx, const struct step_ref *ref, const struct input *in);

/* Set another deadline ("due", "reason"): the POC for its lane, the coordinator or reception
 * for the case's own steps. */
enum err step_set_due(struct ctx *cx, const struct step_ref *ref, const struct input *in);

/* Keep what was begun.  rev 0: new; *rev_out: the revision to come back with. */
enum err step_save_draft(struct ctx *cx, const struct step_ref *ref, i64 hop, i64 rev,
                         const struct input *in, i64 *rev_out);
/* The draft of the actor's department; E_NOT_FOUND: none. */
enum err step_draft(struct ctx *cx, const struct step_ref *ref, i64 hop, struct input *out,
                    i64 *rev);

/* Tables of the small forms above, for pages and the API. */
extern const struct field_rule sign_rules[1], skip_rules[1], due_rules[2];

#endif
