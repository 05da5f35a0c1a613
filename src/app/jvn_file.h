/* jvn_file.h - JVN's files: which advisories stand in one, and how one is written again.
 *
 *     TRY(jvn_file_look(cx, &f));        is it as it was?  then f.sum, and often f.text
 *     TRY(jvn_file_entries(cx, &f, &v)); else its entries; those that did not change are made
 *     f.text = …_write(…);
 *     jvn_file_written(cx, &f, &v);      f.sum, also for the next time
 *
 * What is written so is the same to the byte as from nothing: an entry's bytes depend on its own
 * record and on the settings alone. */
#ifndef APP_JVN_FILE_H
#define APP_JVN_FILE_H

#include "app/jvn_index.h"
#include "app/jvn_kept.h"

/* The last changed (first issued) first. */
enum jvn_list { JVN_LIST_NEW, JVN_LIST_CHANGED, JVN_LIST_YEAR };
enum { JVN_LIST_MOST = 100 }; /* of those that are not of a year */

struct jvn_file {
    str path; /* names it among all: with the language */
    enum jvn_list list;
    int year; /* of JVN_LIST_YEAR */
    enum lang lang;
    enum jvn_depth depth;
    /* from here on what is found out */
    i64 changed; /* when the last of its advisories did; 0: there is none */
    bool known;  /* it is as it was when it was written last */
    struct jvn_sum sum;
    str text; /* absent: has to be written */
    const struct jvn_row *const *rows;
    size_t nrows;
    const i64 *generations; /* of each, as it was read; -1: is not there any more */
    bool lively;            /* it changes: worth keeping */
    str print, head;        /* of all that it is made of; of the settings alone */
    const struct jvn_text *last;
};

enum err jvn_file_look(struct ctx *cx, struct jvn_file *f);

/* The entries as they may be written; ->written has room for their places. */
enum err jvn_file_entries(struct ctx *cx, struct jvn_file *f, struct jvn_entries *out);

void jvn_file_written(struct ctx *cx, struct jvn_file *f, const struct jvn_entries *entries);

/* The years that have a file, ascending. */
enum err jvn_years(struct ctx *cx, enum lang lang, int **out, size_t *n);

#endif
