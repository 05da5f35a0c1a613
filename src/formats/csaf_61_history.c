/* csaf_61_history.c - mandatory tests: versions of the document and its revision history. */
#include "formats/csaf_check.h"

static const struct json *history_of(const struct csaf_check *c)
{
    return json_get(c->index->tracking, S("revision_history"));
}

static str number_of(const struct csaf_revision *r)
{
    return json_get_text(r->item, S("number"));
}

static const struct csaf_revision *newest(const struct csaf_check *c)
{
    size_t n = c->index->nby_date;
    return n > 0 ? c->index->by_date[n - 1] : NULL;
}

/* False: the document has no version that can be read. */
static bool version_of(const struct csaf_check *c, const struct json **node, struct doc_version *v)
{
    *node = json_get(c->index->tracking, S("version"));
    return doc_version_read(json_text(*node), v);
}

/* 6.1.14 */
void csaf_history_unsorted(struct csaf_check *c)
{
    const struct csaf_index *x = c->index;
    for (size_t i = 1; i < x->nby_date; i++) {
        const struct csaf_revision *before = x->by_date[i - 1], *r = x->by_date[i];
        if (doc_version_cmp(&before->number, &r->number) > 0)
            csaf_found(c, history_of(c), S("history_unsorted"), number_of(r), number_of(before),
                       json_get_text(r->item, S("date")));
    }
}

/* 6.1.16 */
void csaf_version_not_latest(struct csaf_check *c)
{
    const struct csaf_revision *last = newest(c);
    const struct json *node;
    struct doc_version v;
    if (last == NULL || !version_of(c, &node, &v))
        return;
    struct doc_version latest = last->number;
    if (str_eq(c->index->status, S("draft")))
        v.pre = latest.pre = NO_STR;
    if (v.integer != latest.integer || doc_version_cmp(&v, &latest) != 0)
        csaf_found(c, node, S("version_not_latest"), json_text(node), number_of(last), NO_STR);
}

/* 6.1.17 */
void csaf_version_not_draft(struct csaf_check *c)
{
    const struct json *node, *status = json_get(c->index->tracking, S("status"));
    struct doc_version v;
    if (!version_of(c, &node, &v) || str_eq(c->index->status, S("draft")))
        return;
    if (doc_version_is_zero(&v) || v.pre.p != NULL)
        csaf_found(c, status ? status : c->index->tracking, S("version_not_draft"), json_text(node),
                   NO_STR, NO_STR);
}

/* 6.1.18 */
void csaf_history_unreleased(struct csaf_check *c)
{
    if (!csaf_is_released(c->index))
        return;
    for (size_t i = 0; i < c->index->revisions.n; i++) {
        const struct csaf_revision *r = &c->index->revisions.v[i];
        if (r->numbered && doc_version_is_zero(&r->number))
            csaf_found(c, json_get(r->item, S("number")), S("history_unreleased"), number_of(r),
                       c->index->status, NO_STR);
    }
}

/* 6.1.19 */
void csaf_history_prerelease(struct csaf_check *c)
{
    for (size_t i = 0; i < c->index->revisions.n; i++) {
        const struct csaf_revision *r = &c->index->revisions.v[i];
        if (r->numbered && r->number.pre.p != NULL)
            csaf_found(c, json_get(r->item, S("number")), S("history_prerelease"), number_of(r),
                       NO_STR, NO_STR);
    }
}

/* 6.1.20 */
void csaf_version_prerelease(struct csaf_check *c)
{
    const struct json *node;
    struct doc_version v;
    if (csaf_is_released(c->index) && version_of(c, &node, &v) && v.pre.p != NULL)
        csaf_found(c, node, S("version_prerelease"), json_text(node), c->index->status, NO_STR);
}

/* 6.1.22 */
void csaf_history_twice(struct csaf_check *c)
{
    struct dict seen = {0};
    for (size_t i = 0; i < c->index->revisions.n; i++) {
        const struct json *number = json_get(c->index->revisions.v[i].item, S("number"));
        bool fresh = true;
        if (json_text(number).p != NULL)
            (void)dict_add(c->a, &seen, json_text(number), &fresh);
        if (!fresh)
            csaf_found(c, number, S("history_twice"), json_text(number), NO_STR, NO_STR);
    }
}

/* 6.1.30: the history in itself, and the document's version beside the last item. */
void csaf_version_mixed(struct csaf_check *c)
{
    const struct csaf_revision *first = NULL, *last = NULL, *other = NULL;
    for (size_t i = 0; i < c->index->revisions.n; i++) {
        const struct csaf_revision *r = &c->index->revisions.v[i];
        if (!r->numbered)
            continue;
        first = first ? first : r;
        last = r;
        if (other == NULL && r->number.integer != first->number.integer)
            other = r;
    }
    if (other != NULL)
        csaf_found(c, history_of(c), S("version_mixed"), number_of(first), number_of(other),
                   NO_STR);
    const struct json *node;
    struct doc_version v;
    if (last != NULL && version_of(c, &node, &v) && v.integer != last->number.integer)
        csaf_found(c, node, S("version_mixed"), number_of(last), json_text(node), NO_STR);
}
