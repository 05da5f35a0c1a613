/* csaf_history.c - the revision history of a document, and its order. */
#include "formats/csaf_check.h"

#include <stdlib.h>

static int by_date(const void *p, const void *q)
{
    const struct csaf_revision *x = *(const struct csaf_revision *const *)p;
    const struct csaf_revision *y = *(const struct csaf_revision *const *)q;
    int order = instant_cmp(&x->when, &y->when);
    if (order == 0)
        order = doc_version_cmp(&x->number, &y->number);
    if (order == 0) /* as in the document, whatever the sort does with equals */
        order = (uintptr_t)x->item < (uintptr_t)y->item ? -1 : x->item != y->item;
    return order;
}

void csaf_index_history(struct arena *a, struct csaf_index *x)
{
    EACH (item, json_get(x->tracking, S("revision_history"))) {
        struct csaf_revision *r = PUSH(a, &x->revisions);
        r->item = item;
        r->dated = instant_read(json_get_text(item, S("date")), &r->when);
        r->numbered = doc_version_read(json_get_text(item, S("number")), &r->number);
    }
    x->by_date = NEWS(a, const struct csaf_revision *, x->revisions.n + 1);
    for (size_t i = 0; i < x->revisions.n; i++)
        if (x->revisions.v[i].dated && x->revisions.v[i].numbered)
            x->by_date[x->nby_date++] = &x->revisions.v[i];
    if (x->nby_date > 1)
        qsort(x->by_date, x->nby_date, sizeof *x->by_date, by_date);
}
