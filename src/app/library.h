/* library.h - the library: advisories that others published, searchable, linked by CVE.
 *
 * What is TLP:CLEAR is read by every person who is signed in, everything else by reception and
 * coordinator alone; documents come in by them, and by the command line.  A later revision takes
 * the place of an earlier one, which is kept; an earlier one is refused as older. */
#ifndef APP_LIBRARY_H
#define APP_LIBRARY_H

#include "app/lists.h"
#include "formats/library.h"

/* What the actor may do here. */
struct library_may {
    bool read;   /* what is open */
    bool closed; /* and what is not */
    bool import;
};
struct library_may library_may(const struct ctx *cx);

/* --- coming in -------------------------------------------------------------------------------- */

/* Where a document came from. */
struct library_origin {
    str source;    /* name of a file, or address */
    str provider;  /* address of the provider whose documents are fetched; absent: none */
    str publisher; /* the only namespace that may stand in it; absent: any */
    str signed_by; /* fingerprint of the key whose signature was good; absent: it has none */
};

/* clang-format off */
enum library_outcome { LIBRARY_NEW, LIBRARY_UPDATED, LIBRARY_UNCHANGED, LIBRARY_OLDER,
                       LIBRARY_REFUSED, LIBRARY_OUTCOMES };
/* clang-format on */
str library_outcome_name(enum library_outcome o); /* "new" */

struct library_done {
    enum library_outcome outcome;
    str id;     /* of the entry; absent: refused */
    str doc_id; /* as its publisher calls it; likewise */
    struct library_refusal why;
};
struct library_dones {
    VEC(struct library_done)
};

/* One document, which may hold many entries.  OK also where it was refused: that is an outcome.
 * Parsed in the jail (foreign.h).  E_DENIED: not for this actor; E_IO also: there is no jail. */
enum err library_import(struct ctx *cx, str bytes, const struct library_origin *origin,
                        struct library_dones *out);

/* --- reading ---------------------------------------------------------------------------------- */

enum library_sort { LIBRARY_NEWEST, LIBRARY_OLDEST, LIBRARY_SEVERITY };
struct library_filter {
    str q, product; /* words, Japanese or English; absent: any */
    str cve, publisher;
    int severity;         /* 0 none to 4 critical; -1: any */
    opt_i64 since, until; /* of the last change: from, and before */
    enum library_sort sort;
};
struct library_line {
    str id;
    bool open;
    i64 at; /* last changed as its publisher says, else when it came */
    struct library_entry e;
};

/* With words, newest come first whatever the sort, a page may be short and have a w->next, and
 * w->total is -1: not counted.  E_INVALID: nothing to search by (problem at "q"). */
enum err library_list(struct ctx *cx, const struct library_filter *f, struct list_window *w,
                      struct library_line **out, size_t *n);

struct library_revision {
    i64 n;
    bool open;
    str version;
    opt_i64 updated;
    i64 imported;
    str source, provider, sha256, signature, signed_by;
};
struct library_view {
    struct library_line line;
    const struct library_revision *revisions; /* newest first */
    size_t nrevisions;
};
/* E_NOT_FOUND: no such entry, or no right to it. */
enum err library_get(struct ctx *cx, str id, struct library_view *out);

/* The bytes of a revision as they came. */
enum err library_bytes(struct ctx *cx, str id, i64 revision, str *out, struct library_revision *r);

/* What others say of these CVEs, newest first, at most `most`.  everybody: for a page that anybody
 * may read: what is open alone, whoever asks. */
enum err library_of_cves(struct ctx *cx, struct strs cves, bool everybody, i64 most,
                         struct library_line **out, size_t *n);

struct library_publisher {
    str publisher;
    i64 n;
};
enum err library_publishers(struct ctx *cx, struct library_publisher **out, size_t *n);

struct library_provider {
    str url, name, kind;
    i64 checked, documents, refused;
};
/* Whose documents were fetched. */
enum err library_providers(struct ctx *cx, struct library_provider **out, size_t *n);

#endif
