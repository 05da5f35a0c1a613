/* release_dry.h - a release rehearsed: everything that would become public is built, checked, read
 * back and compared format by format.  Nothing is written. */
#ifndef APP_RELEASE_DRY_H
#define APP_RELEASE_DRY_H

#include "app/portal.h"
#include "base/vec.h"
#include "formats/record_compare.h"

/* clang-format off */
enum release_kind { RELEASE_FIRST, RELEASE_UPDATE, RELEASE_WITHDRAWAL, RELEASE_KINDS };
enum release_level { RELEASE_ERROR, RELEASE_WARNING, RELEASE_INFO, RELEASE_LEVELS };
/* clang-format on */

str release_kind_name(enum release_kind k); /* "first", "update", "withdrawal" */
bool release_kind_find(str name, enum release_kind *out);
str release_level_name(enum release_level l); /* "error", "warning", "info" */

/* What is to be released: one language, the English version being a release of its own. */
struct release_wish {
    enum lang lang;
    enum release_kind kind;
    str text[LANG_COUNT]; /* update: what changed; withdrawal: why */
    opt_i64 at;           /* when it would become public; absent: now */
    bool ja_before;       /* English: a Japanese of the newest words is released before it */
};

/* What a release to come of that language is: its first, or an update. */
enum err release_kind_next(struct ctx *cx, str case_id, enum lang lang, enum release_kind *out);

/* One form in which the public gets it. */
struct release_artefact {
    str name;  /* page json-ld atom csaf-2.0 csaf-2.1 jvnrss-3.2 jvnrss-2.0 vuldef myjvn
                * CVE-2026-12345; and, in no digest, because they are made of these by what this
                * machine has: rolie-2.0 index-2.0 changes-2.0 signature-2.0 … -2.1 pdf */
    str url;   /* where it, or the list that holds it, is read; absolute */
    str media; /* media type */
    str bytes;
    size_t size; /* of bytes, also where they are not kept (release_kept.h) */
    str read;    /* the words in it, where bytes are not text: of PDF; else absent */
    str sha256;  /* of bytes, in hex */
    bool aside;  /* of a CVE number that is not ours: for comparison alone, and not in the digest */
};

enum { RELEASE_ARGS = 3 };
struct release_finding {
    str artefact; /* its name; empty: the record itself */
    enum release_level level;
    str test; /* "schema", "6.1.7", "5.1.10", "complete", "compare", "read", "sign", "list",
                 * "pdf" */
    str path; /* JSON Pointer, a field ("ja.overview"), or empty */
    str word; /* see release_finding_words() */
    str arg[RELEASE_ARGS];
};

struct release_dry {
    struct release_wish wish;
    str case_id, number;         /* number: without the prefix */
    i64 at;                      /* the instant that was taken */
    struct portal_advisory page; /* what a reader would see */
    struct {
        VEC(struct release_artefact)
    } artefacts;
    struct {
        VEC(struct release_finding)
    } findings;
    size_t count[RELEASE_LEVELS];
    struct said_row rows[SAID_FIELDS]; /* what each form says, field by field */
    bool ready;                        /* no errors */
    str digest; /* SHA-256 in hex over everything that becomes public, in this order, without
                 * what depends on the moment of building */
};

/* For who has AUD_RELEASE; E_NOT_FOUND for everybody else, and where nothing was written in that
 * language yet.  A withdrawal of the Japanese is that of both languages: the artefacts of the
 * English are named "en/page" ….  E_CONFLICT: a first release of what is public, or an update or
 * a withdrawal of what is not.  A record that cannot be released is OK with findings.
 * Renders much: not inside db_write(). */
enum err release_dry_run(struct ctx *cx, str case_id, const struct release_wish *wish,
                         struct release_dry *out);

/* What a reader would see, without building the rest; likewise who and when. */
enum err release_dry_look(struct ctx *cx, str case_id, const struct release_wish *wish,
                          struct portal_advisory *out);

/* Read the artefacts back from their bytes and compare them: fills the rows, adds what differs as
 * errors.  release_dry_run() does it; again after an artefact's bytes were changed. */
void release_dry_compare(struct ctx *cx, struct release_dry *d);

/* What a reader would read: the page as plain text, in the language of the version. */
enum err release_dry_reader(struct ctx *cx, const struct release_dry *d, str *out);

/* Why it is one; and how to mend it, empty where there is nothing to say. */
str release_finding_words(struct arena *a, const struct release_finding *f, enum lang lang);
str release_finding_mend(struct arena *a, const struct release_finding *f, enum lang lang);
str release_field_words(enum said_field f, enum lang lang);

#endif
