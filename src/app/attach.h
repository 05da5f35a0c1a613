/* attach.h - files that people attach: checked, kept sealed in pieces, read by who may read
 * their place.
 *
 * A file comes in two steps, so that a large one never sits in memory and nothing is half
 * written.  attach_keep() stores it, in several transactions, where nobody may read it; what
 * its sender gets is a ticket.  The act it belongs to then gives it its place, in that act's
 * own transaction, by the tickets in its input (ATTACHED).  What never got a place goes after
 * a day.  Tickets travel in a form, so a form that comes back with problems loses no file. */
#ifndef APP_ATTACH_H
#define APP_ATTACH_H

#include "app/form.h"
#include "app/text.h"

/* Limits: bytes of one file, files at once, bytes of all files of one report or case. */
#define ATTACH_FILE_MAX ((i64)50 << 20)
#define ATTACH_MOST 20
#define ATTACH_REPORT_MAX ((i64)200 << 20)
#define ATTACH_CASE_MAX ((i64)2000 << 20)

/* Name of the input items that carry tickets. */
#define ATTACHED S("attached")

/* A file of a form, in the request's spool or in memory. */
struct upload {
    str field, filename, type;
    str bytes; /* where fd < 0 */
    int fd;    /* read from its start; a file without a name that goes with the request */
    i64 size;
};

struct attachment {
    str id, name, type, hash; /* SHA-256 in hex */
    str ticket;               /* of one without a place; absent: it has one */
    str text_id;              /* the word it came with; absent: none */
    i64 size, at;
};
struct attachments {
    struct attachment *v;
    size_t n, cap;
};

/* Store those uploads of that field that are files, each whole; *out gets them.  E_INVALID:
 * some were refused (empty_file, too_large_file, with their names), the others were stored.
 * Not within db_write(). */
enum err attach_keep(struct ctx *cx, str field, const struct upload *files, size_t n,
                     struct attachments *out);

/* What the tickets of an input stand for, in their order; a ticket that is not good any more,
 * or never was, is a problem at `field` (E_INVALID).  Too many, or too much together, too. */
enum err attach_find(struct ctx *cx, str field, const struct input *in, struct attachments *out);

/* Give the files of the input's tickets their place; within db_write().  text_id may be
 * absent.  E_INVALID as above. */
enum err attach_place(struct ctx *cx, const struct input *in, str case_id, const struct place *p,
                      str text_id);

/* The files of a report, or of a case, that the reader may have, oldest first. */
enum err attach_of_report(struct ctx *cx, const struct access *acc, str report_id,
                          struct attachments *out);
enum err attach_of_case(struct ctx *cx, const struct access *acc, str case_id,
                        struct attachments *out);

/* One of that report, or of that case (the other absent), as a file to send.  E_NOT_FOUND:
 * none, or no right.  The caller closes *fd. */
enum err attach_open(struct ctx *cx, const struct access *acc, str case_id, str report_id, str id,
                     struct attachment *out, int *fd);

/* A file name as it may be shown and kept: the last part of a path, without control
 * characters, at most 200 characters, never empty. */
str attach_name(struct arena *a, str sent);

/* Remove what never got a place. */
enum err attach_sweep(struct ctx *cx);

#endif
