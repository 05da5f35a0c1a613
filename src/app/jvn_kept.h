/* jvn_kept.h - what a process keeps of JVN's files: the sums of all, and the text of those that
 * change.
 *
 * Only what is public and was written for everybody.  Texts are dropped, those first that were not
 * needed for longest, so that they never take more than JVN_KEPT_BYTES together, and all that
 * nobody needed since an hour; then a file is written from the database. */
#ifndef APP_JVN_KEPT_H
#define APP_JVN_KEPT_H

#include "app/ctx.h"

enum { JVN_KEPT_BYTES = 64 << 20, JVN_PRINT = 32 };

struct jvn_kept;

/* Empty; lives in a. */
NONNULL struct jvn_kept *jvn_kept_new(struct arena *a);

struct jvn_sum {
    str sha256;        /* in hexadecimal */
    i64 size, changed; /* changed: as the file's */
};

/* Where an advisory stands in a text, as it was at its last change. */
struct jvn_mark {
    str number;
    i64 generation;
    size_t from, to;
};

/* A file as it was written last; does not change any more. */
struct jvn_text {
    struct arena *a; /* its own */
    _Atomic int users;
    str text, head; /* head: of what all of it depends on, but for advisories */
    const struct jvn_mark *marks;
    size_t n;
};

/* Of these bytes and marks, copied: for jvn_kept_put(). */
NONNULL struct jvn_text *jvn_text_new(str text, str head, const struct jvn_mark *marks, size_t n);

/* Whether that file was put with that print: then its sum.  *last: its text, also of another
 * print, until cx->a is freed; NULL: it is not kept. */
enum jvn_found { JVN_FOUND_NOTHING, JVN_FOUND_OTHER, JVN_FOUND_SAME };
enum jvn_found jvn_kept_find(struct ctx *cx, str path, str print, struct jvn_sum *sum,
                             const struct jvn_text **last);

/* text: taken over; NULL: is not kept. */
void jvn_kept_put(struct ctx *cx, str path, str print, const struct jvn_sum *sum,
                  struct jvn_text *text);

/* Drop texts that nobody needed since an hour; whether there were any. */
bool jvn_kept_sweep(struct jvn_kept *k, i64 now);

/* That somebody asks for files of this language now; when that last was; 0: never. */
void jvn_kept_ask(struct ctx *cx);
i64 jvn_kept_asked(struct jvn_kept *k, enum lang lang);

#endif
