/* process.h - the handling process as data: steps, their hops, questions, facts and rights.
 *
 * The tables in process/ say what may happen; this file knows only how to hold it.  C knows the
 * closed lists (actors, question types, audiences, relations, effects, the facts that the
 * program itself has): an unknown word in a table is a load error with its line.  The two
 * flows and their steps are those of the source texts, JPCERT/CC 2012 and 2014. */
#ifndef DOMAIN_PROCESS_H
#define DOMAIN_PROCESS_H

#include "base/problem.h"
#include "base/str.h"

/* clang-format off */
enum flow { FLOW_COORDINATED, FLOW_DIRECT, FLOW_COUNT };

/* Who acts in a hop, and which departments take part.  From POC on: departments of a
 * vendor; "si" in a table means both SI sides. */
enum actor {
    ACTOR_FINDER, ACTOR_SOURCE, ACTOR_RECEPTION, ACTOR_COORDINATOR, ACTOR_OVERSEAS,
    ACTOR_POC, ACTOR_DESIGN, ACTOR_RND, ACTOR_QUALITY, ACTOR_SI_MFG, ACTOR_SI_SYS, ACTOR_CARE,
    ACTOR_SALES, ACTOR_RISK_LEGAL, ACTOR_PR, ACTOR_COUNT
};
#define ACTOR_BIT(a) (1u << (a))
#define ACTORS_VENDOR (~0u << ACTOR_POC & (ACTOR_BIT(ACTOR_COUNT) - 1))

enum step_kind { STEP_MESSAGE, STEP_TASK, STEP_DECISION, STEP_KIND_COUNT };

/* What happens when a step is done, beside the record itself. */
enum effect {
    THEN_ACCEPT, THEN_ADD_VENDORS, THEN_OVERVIEW, THEN_DETAILS, THEN_SPREAD_OVERVIEW,
    THEN_SPREAD_DETAILS, THEN_ASK_FINDER, THEN_ANSWER, THEN_STATUS, THEN_TELL_FINDER, THEN_NOTICE,
    THEN_DATE, THEN_AGREE_DRAFT, THEN_PUBLISH, THEN_VENDOR_PUBLISH, THEN_SUPPORT, THEN_MEDIATE,
    THEN_CLOSE, EFFECT_COUNT
};

/* Who may read a text.  See rights.tsv and domain.md. */
enum audience {
    AUD_CASE,        /* that the case exists, its number and its dates */
    AUD_TITLE, AUD_REPORT, AUD_IDENTITY, AUD_FINDER, AUD_RECEPTION, AUD_OVERVIEW, AUD_DETAILS,
    AUD_COORDINATION, AUD_ALL, AUD_OFFICE, AUD_INTERNAL, AUD_NOTICE, AUD_DRAFT, AUD_DRAFT_OWN,
    AUD_VENDOR_DRAFT,
    AUD_VENDORS,     /* the names and states of the other vendors */
    AUD_RELEASE,     /* what is planned to become public when; who has it may approve it */
    AUDIENCE_COUNT
};
#define AUD_BIT(a) (1u << (a))

enum relation {
    REL_FINDER, REL_RECEPTION, REL_ANALYST, REL_COORDINATOR, REL_PEER, REL_PRIORITY,
    REL_VENDOR_POC, REL_VENDOR_DEPT, RELATION_COUNT
};
enum right_reach { REACH_CASE, REACH_LANE, REACH_EVERY, REACH_COUNT };

enum question_type {
    ASK_LINE, ASK_TEXT, ASK_CHOICE, ASK_CONFIRM, ASK_INSTANT, ASK_DEPARTMENTS, ASK_VENDORS,
    ASK_PRODUCTS, ASK_VECTOR, ASK_CWE, ASK_URL, QUESTION_TYPE_COUNT
};

/* What the program itself knows of a case: @NAME in a rule. */
enum known {
    KNOW_FROM_FINDER, KNOW_FROM_OVERSEAS, KNOW_FINDER_ASKED, KNOW_ASKED_FINDINGS, KNOW_ASKED_DATE,
    KNOW_DRAFT_ASKED, KNOW_DATE_REACHED, KNOW_SHARED_OVERVIEW, KNOW_SHARED_DETAILS,
    KNOW_DELEGATED, KNOW_NAMED, KNOW_VENDORS_NAMED, KNOW_WISH_VENDOR, KNOW_WISH_COORDINATOR,
    KNOWN_COUNT
};

enum term_kind {
    TERM_SETTLED, TERM_DONE,   /* step */
    TERM_ANSWER,               /* step, hop, field = value */
    TERM_FACT, TERM_KNOWN,
    TERM_ANY_FACT, TERM_ALL_FACT, TERM_ALL_SETTLED,       /* over the vendor lanes */
    TERM_SPREAD, TERM_TOLD, TERM_PARTICIPANT, TERM_OWN,   /* of a department; rights only */
};
/* clang-format on */

enum { LANGS = 2, LANG_JA_AT = 0, LANG_EN_AT = 1, EVERY_STEP = -1 };

struct term {
    enum term_kind kind;
    int at;  /* index of the step, fact or known; EVERY_STEP for '*' */
    int hop; /* TERM_ANSWER: from 1 */
    str field, value;
};

/* One of its terms holds; or, turned around, none does. */
struct clause {
    bool negated;
    const struct term *terms;
    size_t n;
};

/* All of its clauses hold.  None: always true. */
struct rule {
    const struct clause *clauses;
    size_t n;
    str text; /* as written */
};

struct option {
    str value, label[LANGS];
};

struct question {
    int hop; /* from 1 */
    str field;
    enum question_type type;
    bool required;
    enum audience audience;
    str label[LANGS], hint[LANGS]; /* hint: empty where there is none */
    const struct option *options;  /* ASK_CHOICE */
    size_t noptions;
    unsigned kinds; /* ASK_DEPARTMENTS: ACTOR_BITs that may be chosen */
};

struct hop {
    enum actor actor;
    int only_if; /* index of the fact under which the hop stands; -1: always */
};

struct step {
    enum flow flow;
    int phase;
    str id; /* "2.3.1" */
    enum step_kind kind;
    str title[LANGS];
    str from, to, lead_text, with_text, share_text, note; /* verbatim */
    enum actor lead;
    unsigned with, with_asked;   /* take part always; where asked */
    unsigned share, share_asked; /* told always; where asked */
    bool per_lane;
    const struct hop *hops;
    size_t nhops;
    struct rule needs, when, until;
    int follows;   /* step index, -1: none */
    unsigned skip; /* ACTOR_BITs that may skip it */
    str redo_field, redo_value;
    int days;          /* target from opening to done; 0: none */
    const int *inputs; /* step indexes */
    size_t ninputs;
    unsigned then; /* 1 << enum effect */
    const struct question *questions;
    size_t nquestions;
};

struct fact {
    str id, word[LANGS];
    unsigned flows; /* 1 << enum flow */
    struct rule rule[FLOW_COUNT];
};

struct right {
    unsigned flows;
    enum relation relation;
    enum audience audience;
    enum right_reach reach;
    struct rule when[FLOW_COUNT];
};

struct flow_table {
    const struct step *steps;
    size_t n;
};

struct process {
    struct flow_table flow[FLOW_COUNT];
    const struct fact *facts;
    size_t nfacts;
    const struct right *rights;
    size_t nrights;
};

/* The five tables, as text. */
struct process_text {
    str coordinated, direct, questions, facts, rights;
};

/* Where and why a table could not be read. */
struct process_fault {
    str table; /* "coordinated" … */
    int line;  /* of that table; 0: the whole */
    str what;  /* an English sentence */
};

/* E_INVALID: *fault says where and why.  The result points into the arena and the texts. */
enum err process_load(struct arena *a, const struct process_text *text, struct process *out,
                      struct process_fault *fault);

/* Prove a loaded process: every step can be reached and left, no rule needs itself, every
 * hop that asks has its questions, every word is there in both languages.  Each finding is
 * an English sentence; none: the process is sound. */
struct findings {
    str *v;
    size_t n, cap;
};
void process_check(struct arena *a, const struct process *p, struct findings *out);

/* Index of a step or fact by its id, or -1. */
int process_step(const struct process *p, enum flow flow, str id);
int process_fact(const struct process *p, str id);

/* Words of the closed lists as the tables write them. */
str flow_name(enum flow f);
bool flow_find(str name, enum flow *out);
str actor_name(enum actor a);
bool actor_find(str name, enum actor *out);
str audience_name(enum audience a);
str relation_name(enum relation r);
str question_type_name(enum question_type t);
str step_kind_name(enum step_kind k);
str known_name(enum known k);

/* A drawing of one flow as SVG, phases across; deterministic.  lang: LANG_JA_AT, LANG_EN_AT. */
str process_svg(struct arena *a, const struct process *p, enum flow flow, int lang);

/* One JSON array of all steps, with flow phase step kind title_ja title_en from to lead with
 * share as strings, verbatim. */
str process_json(struct arena *a, const struct process *p);

#endif
