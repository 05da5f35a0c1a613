/* answer_view.h - answers that were given, as people read them. */
#ifndef APP_ANSWER_VIEW_H
#define APP_ANSWER_VIEW_H

#include "app/phrases.h"
#include "domain/process.h"

struct product_view {
    str name, versions, status; /* status: affected, fixed, not_affected, under_investigation */
    str vulnerability,
        flag;  /* ordinal; of process/flags.tsv: empty: not given, so are those below */
    str about; /* for which vulnerabilities it holds, by name; empty: for all */
    str flag_word;
    str cpe, purl;
    str remedy, remedy_url, remedy_date; /* of process/remedies.tsv; a day: 2026-12-05 */
    str remedy_word;                     /* as people call it, in the reader's language */
};
struct answer_view {
    str field, label;
    enum question_type type;
    str text; /* choices by their labels, instants in the reader's zone; prose as written */
    str lang; /* of prose that somebody wrote: ja, en */
    bool prose, markdown;
    const struct product_view *products;
    size_t nproducts;
};
struct answer_views {
    struct answer_view *v;
    size_t n, cap;
};

#endif
