/* advisory.h - the portal's text of a coordinated case, Japanese and English side by side.
 *
 * Every save adds a row a changed language; nothing is overwritten.  Japanese is the source:
 * each English section remembers which Japanese it follows.  The sections are those of a JVN
 * page; vendors and vulnerabilities stand beside them and come from their own records. */
#ifndef APP_ADVISORY_H
#define APP_ADVISORY_H

#include "app/cases.h"
#include "app/form.h"
#include "app/lists.h"

/* clang-format off */
enum section {
    SECTION_TITLE, SECTION_OVERVIEW, SECTION_AFFECTED, SECTION_DESCRIPTION, SECTION_IMPACT,
    SECTION_SOLUTION, SECTION_VENDOR_INFO, SECTION_REFERENCES, SECTION_ADDENDUM,
    SECTION_ANALYSIS, SECTION_CREDIT, SECTION_OTHER, SECTION_COUNT
};
enum translation {
    TRANSLATION_NONE,   /* nothing to translate: the Japanese is empty */
    TRANSLATION_MISSING, TRANSLATION_STALE, TRANSLATION_DONE
};
enum advisory_state {
    ADVISORY_NONE, ADVISORY_DRAFT, ADVISORY_AGREED, ADVISORY_PLANNED, ADVISORY_RELEASED,
    ADVISORY_UPDATED, ADVISORY_WITHDRAWN
};
/* clang-format on */

str section_name(enum section s);      /* "overview": in field names and JSON */
bool section_required(enum section s); /* nothing is published without it */
/* As the portal heads it, with that body's name in it. */
str section_heading(struct arena *a, enum section s, str coordinator, enum lang lang);

/* One language as one revision has it: Markdown; title is plain text. */
struct advisory_words {
    i64 revision, at; /* 0: nothing was written */
    str person_id;
    str section[SECTION_COUNT]; /* empty where nothing was written */
    bool critical;              /* an urgent one; kept with the Japanese */
};

/* Where a vendor's agreement (5.2.1) stands. */
enum agreement {
    AGREEMENT_NOT_ASKED,
    AGREEMENT_WAITING,
    AGREEMENT_GIVEN,
    AGREEMENT_OLDER, /* given, and the text was changed since */
    AGREEMENT_REFUSED,
    AGREEMENT_SKIPPED,
    AGREEMENT_NOT_APPLICABLE
};
struct lane_agreement {
    int lane;
    str lane_id;
    str name; /* of the vendor, in the reader's language */
    enum agreement state;
    i64 at;       /* of the answer; 0: none */
    i64 revision; /* of the Japanese that was agreed to; 0: none */
};

struct advisory {
    str id, number;
    i64 rev;
    enum advisory_state state;
    struct advisory_words words[LANG_COUNT];
    enum translation translation[SECTION_COUNT]; /* of the Japanese into English */
    str credit[LANG_COUNT];    /* what the credit says where its section is empty */
    i64 asked, asked_revision; /* agreement was last asked for, to which Japanese; 0: never */
    bool changed_since_asked;
    const struct lane_agreement *lanes; /* those that this reader may know of */
    size_t nlanes;
    opt_i64 planned, published, withdrawn; /* published: the Japanese */
    opt_i64 released[LANG_COUNT];
    bool may_edit, may_ask, english_ready; /* nothing of the English is missing or stale */
};

/* As the reader may see it: the coordinator, reception and overseas bodies the newest; a
 * vendor the one that it was asked about.  E_NOT_FOUND: no right to the draft; with the right
 * and nothing written yet: OK, and state is ADVISORY_NONE. */
enum err advisory_view(struct ctx *cx, str case_id, struct advisory *out);

/* One older revision, for comparison; the coordinator's and reception's. */
enum err advisory_revision(struct ctx *cx, str case_id, enum lang lang, i64 revision,
                           struct advisory_words *out);

/* Save "ja.title", "en.title", "ja.overview", … and "critical".  A field that does not come
 * stays as it was.  "follows.SECTION" = yes: the English is right as it is.  rev 0: the first
 * save, which draws the number; E_CONFLICT: somebody saved since. */
enum err advisory_save(struct ctx *cx, str case_id, i64 rev, const struct input *in, i64 *rev_out);
const struct field_rule *advisory_rules(size_t *n);

/* Ask the contacts of all lanes on the portal to agree to the newest text; who agreed to an
 * older one is asked anew.  E_INVALID: Japanese sections are missing. */
enum err advisory_ask(struct ctx *cx, str case_id, i64 rev);

/* After publication, by the coordinator: the newest text, with one line on what changed
 * ("history_ja", "history_en"); the English version where it was not ready; the withdrawal
 * ("reason_ja", "reason_en"). */
enum err advisory_update(struct ctx *cx, str case_id, i64 rev, const struct input *in);
enum err advisory_release_english(struct ctx *cx, str case_id, i64 rev);
enum err advisory_withdraw(struct ctx *cx, str case_id, i64 rev, const struct input *in);
extern const struct field_rule advisory_update_rules[2], advisory_withdraw_rules[2];

/* The advisories that were begun, newest case first: what the portal's own people have to
 * do with; `w` as in lists.h.  published: only those that are, or are not; absent: all. */
struct advisory_line {
    str case_id, number, title, title_lang; /* title: as titles_for() */
    i64 created;
    opt_i64 asked, planned, published;
};
enum err advisory_list(struct ctx *cx, opt_i64 published, struct list_window *w,
                       struct advisory_line **out, size_t *n);

/* --- for publish.c ------------------------------------------------------------------------- */

/* The newest words of both languages, without asking who reads.  E_NOT_FOUND: none. */
enum err advisory_load(struct ctx *cx, const struct case_file *cf, struct advisory *out);

/* Who found it, by consent and wish; one sentence a report. */
enum err advisory_credit(struct ctx *cx, const struct case_file *cf, enum lang lang, str *out);

/* Their names alone, as they were given; those who may be named. */
enum err advisory_credit_names(struct ctx *cx, const struct case_file *cf, enum lang lang,
                               struct strs *out);

#endif
