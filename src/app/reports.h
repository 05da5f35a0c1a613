/* reports.h - what finders send, and what reception does with it.
 *
 * A report is never altered: what the finder adds is a text in the talk.  Mandatory items:
 * the partnership guideline, 2022 edition, IV.2.5 (products) and V.2.4 (websites). */
#ifndef APP_REPORTS_H
#define APP_REPORTS_H

#include "app/attach.h"
#include "app/cases.h"
#include "app/form.h"
#include "app/history.h"
#include "domain/clocks.h"
#include "formats/openpgp_key.h"

/* --- handing in --------------------------------------------------------------------------- */

enum report_kind { REPORT_PRODUCT, REPORT_WEBSITE, REPORT_OWN, REPORT_KIND_COUNT };
str report_kind_name(enum report_kind k);
bool report_kind_find(str name, enum report_kind *out);

/* The fields of each kind, in the order of the form; the same table for page and API. */
const struct field_rule *report_rules(enum report_kind k, size_t *n);

/* The parts of the form, in their order; each field stands in one. */
enum report_section {
    SECTION_WHO,     /* name, contact, key */
    SECTION_TARGET,  /* the product or the site */
    SECTION_CONTENT, /* what is wrong with it */
    SECTION_CONSENT, /* what may be told to whom */
    SECTION_OTHERS,  /* other bodies, other people's data */
    REPORT_SECTIONS
};
enum report_section report_section_of(str field);

/* Environment, steps, result … of a report's content as one Markdown text, without a word of
 * who sent it. */
str report_details(struct arena *a, const struct json *content, bool ja);

/* Fields that say who the finder is; they are kept apart from the content. */
bool report_is_identity(str field);

struct report_receipt {
    str id, receipt; /* eight digits */
    str key;         /* shown once: base32 in groups of four; absent: the source signs in */
    bool again;      /* the same form had come before */
    bool key_gone;   /* and that is too long ago for its key to be shown again */
};

/* Hand in a report, with the files of its tickets (attach.h); needs no account.  recipient: the slug of a vendor that takes reports
 * itself (then a direct case begins), or absent: reception; an overseas coordinator's report
 * goes to the coordinator and begins a case.  E_NOT_FOUND: no such recipient. */
enum err report_submit(struct ctx *cx, enum report_kind kind, str recipient, const struct input *in,
                       struct report_receipt *out);

/* The vendors that take reports themselves, by name in the reader's language. */
struct report_recipient {
    str slug, name;
};
enum err report_recipients(struct ctx *cx, struct report_recipient **out, size_t *n);
enum err report_recipient(struct ctx *cx, str slug, struct report_recipient *out);

/* By when the finder of a report that comes now is told that it was received. */
i64 report_told_by(const struct ctx *cx);

/* Only whether it could be handed in: fields, and the OpenPGP key, which is read into *key
 * (version 0: none was given). */
enum err report_check(struct ctx *cx, enum report_kind kind, const struct input *in,
                      struct openpgp_key *key);

/* report_submit() for a form that carries a token of its own: a second click, a reload or a
 * repeated request is the same report.  Whoever has the whole form again gets the same receipt,
 * and for ten minutes the same key, because the first answer may not have arrived. */
#define REPORT_KEY_SHOWN (10 * MINUTE)
enum err report_send(struct ctx *cx, enum report_kind kind, str recipient, const struct input *in,
                     str token, struct report_receipt *out);

/* A report that reached a body by letter, mail or telephone is entered there for its sender:
 * by reception and by a vendor's contact for a finder, who gets receipt and key from them; by
 * the coordinator for an overseas coordinator (0.2.1), who signs in to follow it. */
bool report_records(const struct ctx *cx, enum report_kind k);

/* What such a report asks further: "came", when it was received, and "overseas_from", the
 * coordinator.  E_NOT_FOUND: the actor enters none of that kind. */
enum err report_record_rules(struct ctx *cx, enum report_kind k, const struct field_rule **out,
                             size_t *n);
enum err report_record_check(struct ctx *cx, enum report_kind kind, const struct input *in,
                             struct openpgp_key *key);
enum err report_record(struct ctx *cx, enum report_kind kind, const struct input *in, str token,
                       struct report_receipt *out);

/* The same without a token, for a caller that keeps its answer itself. */
enum err report_take(struct ctx *cx, enum report_kind kind, const struct input *in,
                     struct report_receipt *out);

/* E_BUSY: too many reports and uploads came from that address; *retry_s: for how many seconds
 * none will be taken.  The other one counts. */
enum err report_may_send(struct ctx *cx, str address, i64 *retry_s);
enum err report_was_sent(struct ctx *cx, str address);

/* The finder's receipt number and key.  E_DENIED: they do not belong together, or there is no
 * such receipt: the same answer after the same work. */
enum err report_enter(struct ctx *cx, str receipt, str key, str *report_id);

/* --- reception ---------------------------------------------------------------------------- */

/* Accept: the answers of 0.1.1's second hop, and "case" (a number) to join a case that is
 * there.  A website report is accepted without a case.  *case_id: absent for a website. */
enum err report_accept(struct ctx *cx, str report_id, i64 rev, const struct input *in,
                       str *case_id);
const struct field_rule *report_accept_rules(struct ctx *cx, enum report_kind k, size_t *n);

/* Refuse: "disposition" (of process/dispositions.tsv, stage refuse) and "to_finder". */
enum err report_refuse(struct ctx *cx, str report_id, i64 rev, const struct input *in);

/* Hand a website report to its operator: "site" (an organisation's id), "details", or ask an
 * analyst for help: "person". */
enum err report_notify_site(struct ctx *cx, str report_id, i64 rev, const struct input *in);
enum err report_ask_analyst(struct ctx *cx, str report_id, const struct input *in);

/* The operator's answer: "done" (modified, deleted, operation, not_done), "answer". */
enum err report_site_answer(struct ctx *cx, str report_id, const struct input *in);

/* Write down whether it is a vulnerability or an incident: "triage", "passed_to" and "reason".
 * Says nothing to the finder and decides nothing; the latest holds. */
enum err report_triage(struct ctx *cx, str report_id, const struct input *in);

/* End a website report: "disposition" (stage end or stop), "to_finder". */
enum err report_close(struct ctx *cx, str report_id, const struct input *in);

extern const struct field_rule report_refuse_rules[2]; /* of report_close(), too */
extern const struct field_rule report_site_rules[2], report_analyst_rules[1],
    report_answer_rules[2], report_triage_rules[3];

/* --- the talk with the finder -------------------------------------------------------------- */

/* A word in the talk ("text"), by the finder or by the intake, with the files of its tickets. */
enum err report_say(struct ctx *cx, str report_id, const struct input *in);

/* The finder asks how it stands: "kind" finder_asked (coordinated), asked_findings, asked_date. */
enum err report_inquire(struct ctx *cx, str report_id, str kind);

/* The finder changes the three consents and the credit. */
enum err report_change_consents(struct ctx *cx, str report_id, i64 rev, const struct input *in);

/* The finder takes it back before anything was decided: "withdraw_reason", and
 * "withdraw_sure". */
enum err report_withdraw(struct ctx *cx, str report_id, i64 rev, const struct input *in);

/* The finder asks that the request not to disclose be withdrawn: reception and the coordinator
 * are told, and decide.  "disclosure_reason", which may be absent, is its word to reception.
 * E_DENIED: the actor is not that finder; E_CONFLICT: not yet, not any more, or asked before. */
enum err disclosure_ask(struct ctx *cx, str report_id, const struct input *in);
extern const struct field_rule disclosure_rules[1];

extern const struct field_rule report_say_rules[1], report_consent_rules[5],
    report_withdraw_rules[2];

/* --- reading ------------------------------------------------------------------------------ */

struct report_item {
    str field, value; /* value: as people read it */
    enum report_section section;
};
struct talk_item {
    str id, lang, text;
    str kind; /* message, a step's field, or triage, details, site_answer of the intake's file */
    i64 at;
    bool from_finder, own;
    str who; /* the body's name, in the reader's language; absent: the finder */
};
/* What waits for the finder: a step's question with its form. */
struct finder_task {
    str case_id, lane, step, title;
    i64 round, hop, since;
    opt_i64 due;
};
/* Of one finder; what others asked is not told. */
struct disclosure {
    bool is;       /* the clock has started, and nothing ended it */
    bool may;      /* its time has come, and this finder has not asked yet */
    opt_i64 from;  /* when its time comes */
    opt_i64 asked; /* by this finder */
};
struct report_view {
    str id, receipt, kind, source, lang, disposition;
    i64 received, rev;
    opt_i64 told, accepted, refused, ended, site_notified, site_answered;
    bool tell_vendor, direct_contact, publish_name;
    str case_id;                     /* absent: none */
    str recipient;                   /* name, in the reader's language */
    const struct report_item *items; /* as the actor may read them, in the form's order */
    size_t nitems;
    bool sees_identity;
    const struct talk_item *talk;
    size_t ntalk;
    struct attachments files;
    struct clock_states clocks;         /* of the report: see domain/clocks.h */
    const struct history_line *history; /* newest first, at most 200 */
    size_t nhistory;
    str site;           /* name of the notified operator's organisation */
    const str *helpers; /* names of the analysts that were asked */
    size_t nhelpers;
    opt_i64 published;               /* of its case, in any language */
    const struct finder_task *tasks; /* of a finder or source */
    size_t ntasks;
    bool is_finder, is_intake, is_operator, is_helper, is_direct;
    bool may_inquire, may_say, may_consent;        /* finder; the second the intake, too */
    bool may_withdraw;                             /* finder */
    struct disclosure disclosure;                  /* finder */
    bool may_decide, may_notify, may_end, may_ask; /* intake */
    bool may_answer;                               /* operator */
    str case_number; /* for those who may know of the case; absent: none */
    str state;       /* a word report_state_STATE of po/ */
};
/* E_NOT_FOUND: none, or no right. */
enum err report_view(struct ctx *cx, str report_id, struct report_view *out);

/* From a direct case to reception, for publication on the portal (direct 5.1.1); within
 * db_write(). */
enum err report_from_case(struct ctx *cx, const struct case_file *cf);

#endif
