/* release_plan.h - what of an advisory becomes public when: planned by one person, approved by
 * another, released at its instant.
 *
 *   planned ──► approved ──► released
 *      ▲           │ the record is another one now
 *      └── stale ◄─┘                      planned, approved, stale ──► cancelled
 *
 * Japanese and English have a plan each; a withdrawal takes back both.  What is approved is a
 * digest (publish.h): another word, and the plan waits for approval again.  It all belongs to
 * AUD_RELEASE: without the right to it, E_NOT_FOUND.  docs/adr/0033 says why. */
#ifndef APP_RELEASE_PLAN_H
#define APP_RELEASE_PLAN_H

#include "app/form.h"
#include "app/publish.h"

enum release_state {
    RELEASE_PLANNED,
    RELEASE_APPROVED,
    RELEASE_STALE, /* approved, and changed since: never released so */
    RELEASE_RELEASED,
    RELEASE_CANCELLED,
    RELEASE_STATES
};
str release_state_name(enum release_state s); /* "planned", … */

struct release_plan {
    str id;
    i64 rev;
    enum release_state state;
    struct release_order order;
    const struct zone *zone;     /* in which the instant was chosen */
    str planner, approver;       /* their names; approver absent: nobody */
    str planned_by, approved_by; /* the persons' ids */
    i64 planned_at;
    opt_i64 approved_at, released_at, cancelled_at;
    opt_i64 held_at;   /* its instant came, and it could not be released … */
    str held_why;      /* … for that code of a problem; absent: it could */
    str cancelled_why; /* absent: by what was released otherwise, or not */
    str digest, built; /* of what was approved; of the files of it.  Absent: not approved */
    i64 revision;      /* of the publication that it made */
    bool may_approve, may_unapprove, may_cancel, may_run;
};

/* What a rehearsal of the plan is asked for. */
struct release_wish release_wish_of(const struct release_plan *p);

/* Newest first. */
enum err release_plans(struct ctx *cx, str case_id, struct release_plan **out, size_t *n);
enum err release_plan_get(struct ctx *cx, str case_id, str id, struct release_plan *out);

/* What waits for the actor, the nearest instant first: planned by others, and not approved, or
 * changed since; and of its own what could not be released.  Of at most 100 cases. */
struct release_waiting {
    str case_id, number, title, title_lang;
    struct release_plan plan;
};
enum err releases_waiting(struct ctx *cx, struct release_waiting **out, size_t *n);

/* What the actor may plan there now, and with which instants. */
struct release_offer {
    bool may; /* the coordinator; others may only approve */
    struct {
        bool is[RELEASE_KINDS];
        i64 at;      /* as the agreement and the clock have it */
        opt_i64 due; /* of the English version's clock, if Japanese goes out as planned */
    } lang[LANG_COUNT];
    bool needed; /* by the setting: nothing is published without a plan */
};
enum err release_offered(struct ctx *cx, str case_id, struct release_offer *out);

/* "lang", "kind", "at" (absent: as offered), "zone" (absent: the reader's), "line_ja" and
 * "line_en": what changed, or why it is withdrawn; a first release has none.  E_DENIED: not
 * the coordinator.  Problems: release_open (a plan of that language is open), release_is_public,
 * unpublished, release_is_withdrawn, advisory_missing; at: date_past, release_before_date. */
enum err release_plan_add(struct ctx *cx, str case_id, const struct input *in, str *id);
extern const struct field_rule release_plan_rules[6];

/* By another person than who planned (else approver_is_planner), whatever session or token.
 * built: the digest of the dry run that the approver saw; E_CONFLICT: it is another one now.
 * release_not_ready: the dry run has errors, which stand beside it. */
enum err release_plan_approve(struct ctx *cx, str case_id, str id, i64 rev, str built);
enum err release_plan_unapprove(struct ctx *cx, str case_id, str id, i64 rev);

/* "reason" */
enum err release_plan_cancel(struct ctx *cx, str case_id, str id, i64 rev, const struct input *in);
extern const struct field_rule release_cancel_rules[1];

/* Release it and those of the same case and instant, once its instant is reached.  Problems:
 * release_too_early, release_not_approved, release_stale, release_approver_gone, and what
 * order_check() and the process say.  The coordinator. */
enum err release_plan_run(struct ctx *cx, str case_id, str id);

/* Release all whose instant has come, as those who planned them; English not before a Japanese
 * that is planned before it.  What cannot be is held, with the reason, and its coordinator is
 * told; *released is added to. */
enum err releases_due(struct ctx *cx, size_t *released);

/* Whether what was approved is still what would be released, as it is counted beside the inbox
 * (lists.h); those who may approve are told once.  The server looks after every change. */
enum err releases_look(struct ctx *cx);

/* --- for the process and the acts of before ---------------------------------------------------- */

/* Whether the setting says that there must be a plan. */
enum err release_is_needed(struct ctx *cx, bool *out);

/* Problem release_needs_plan where the setting says that there must be one. */
enum err release_gate(struct ctx *cx);

/* Before the step that publishes: an approved, unchanged plan whose instant is reached, or no
 * need of one. */
enum err release_step_check(struct ctx *cx, const struct case_file *cf);

/* That step: by plan, with the English of the same instant, or both languages as they are. */
enum err release_step_run(struct ctx *cx, const struct case_file *cf);

#endif
