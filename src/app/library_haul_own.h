/* library_haul_own.h - between the files that fetch documents for the library. */
#ifndef APP_LIBRARY_HAUL_OWN_H
#define APP_LIBRARY_HAUL_OWN_H

#include "app/library_haul.h"
#include "app/library_own.h"
#include "base/dict.h"
#include "formats/csaf_listing_job.h"

enum { HAUL_FAILURES = 5 };

struct haul {
    struct ctx *cx; /* of the whole */
    struct library_haul *h;
    str provider;        /* address of the metadata; absent: none */
    str publisher;       /* the only namespace that may stand in its documents; absent: any */
    bool trusted;        /* hashes and signatures are promised */
    str keys;            /* OpenPGP certificates that its metadata vouch for; empty: none */
    struct dict visited; /* addresses of feeds and documents */
    i64 listed, refused;
    int failures; /* in a row */
    bool given_up;
    enum err broken; /* the jail is gone: the haul ends with that */
};

/* A ctx in an arena of its own, for one document: freed by haul_close(). */
struct ctx *haul_open(const struct haul *r);
void haul_close(struct ctx *cx);

/* GET; redirects within the same server are followed.  False: *why says so.  optional: 403, 404
 * and 410 are true with an absent body. */
bool haul_get(struct haul *r, struct ctx *cx, str url, bool optional, str *body,
              struct library_refusal *why);

/* The same of a list, which grows with the number of documents. */
bool haul_get_list(struct haul *r, struct ctx *cx, str url, bool optional, str *body,
                   struct library_refusal *why);

/* What stands there, read in the jail.  False: it could not be read, *why says so. */
bool haul_read(struct haul *r, struct ctx *cx, enum listed_what what, str folder, str bytes,
               struct listed_answer *out, struct library_refusal *why);

void haul_tell(struct haul *r, str url, struct library_done done);
void haul_refuse(struct haul *r, str url, struct library_refusal why);

/* Whether hash and signature hold; *signed_by: absent where nothing was signed. */
bool haul_proof(struct haul *r, struct ctx *cx, const struct listed *l, str bytes, str *signed_by,
                struct library_refusal *why);

/* Fetch the provider's keys into r->keys; what is refused is told. */
void haul_keys(struct haul *r, const struct listed_provider *p);

/* A provider of these metadata, whole; those of an aggregator's list that were chosen. */
enum err haul_provider(struct haul *r, str url, const struct listed_answer *said);
enum err haul_aggregator(struct haul *r, str url, const struct listed_answer *said);

/* Import, count and tell; *refused: something in it was. */
enum err haul_import(struct haul *r, struct ctx *cx, str url, str bytes, str signed_by,
                     bool *refused);

/* Write down that the provider was asked. */
enum err haul_note(struct haul *r, str name, str kind);

#endif
