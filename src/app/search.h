/* search.h - find texts by words: public ones by everybody, confidential ones by who may read
 * them.
 *
 * Both find exactly what a scan of all texts would: every term must stand in the text, in any
 * width and case; Japanese terms of any length are found anywhere.  Newest first. */
#ifndef APP_SEARCH_H
#define APP_SEARCH_H

#include "app/portal.h"

/* --- public ------------------------------------------------------------------------------- */

struct public_hits {
    struct portal_line *v;
    size_t n;
    str direct; /* the number, where what was typed is one, or a CVE that one advisory has */
};
/* w->total is of documents with all words where every one of the newest is a hit; else of hits.
 * E_INVALID: nothing to search by (problem at "q"). */
enum err search_public(struct ctx *cx, enum lang lang, str q, struct list_window *w,
                       struct public_hits *out);

/* --- confidential ------------------------------------------------------------------------- */

struct found_text {
    str kind; /* text.kind, or "report", "identity", "vulnerability", "advisory" */
    str lane, step;
    i64 at;
    str excerpt; /* around the first term, one line */
};
struct found_case {
    str case_id, number; /* absent: a report without a case */
    str report_id, receipt;
    str title, title_lang;
    const struct found_text *texts; /* newest first */
    size_t ntexts;
};
struct found {
    struct found_case *v;
    size_t n;
    str direct_case, direct_report; /* ids, where what was typed is exactly a number or receipt */
};
/* Searches what the signed-in person may read.  A page may be short, or empty, and still have
 * a w->next: the search stops after a bounded amount of work.  w->total is not set.
 * E_INVALID: nothing to search by (problem at "q"). */
enum err search_cases(struct ctx *cx, str q, struct list_window *w, struct found *out);

#endif
