/* csaf_index.h - what the tests of CSAF look up, gathered in one walk over the document.
 *
 * Ids of products and of groups are numbered in the order of their first appearance, whether
 * they are defined or only used. */
#ifndef FORMATS_CSAF_INDEX_H
#define FORMATS_CSAF_INDEX_H

#include "base/dict.h"
#include "formats/csaf.h"
#include "formats/instant.h"

/* Where an id of a product or group is used.  The statuses come first. */
enum csaf_use {
    CSAF_FIRST_AFFECTED,
    CSAF_FIRST_FIXED,
    CSAF_FIXED,
    CSAF_KNOWN_AFFECTED,
    CSAF_KNOWN_NOT_AFFECTED,
    CSAF_LAST_AFFECTED,
    CSAF_RECOMMENDED_PRODUCT,
    CSAF_UNDER_INVESTIGATION,
    CSAF_UNKNOWN, /* 2.1 */
    CSAF_STATUSES,
    CSAF_USE_FLAG = CSAF_STATUSES,
    CSAF_USE_ID,
    CSAF_USE_INVOLVEMENT,
    CSAF_USE_EXPLOITATION,
    CSAF_USE_NOTE, /* of a vulnerability */
    CSAF_USE_REMEDIATION,
    CSAF_USE_SCORE, /* 2.1: metric */
    CSAF_USE_THREAT,
    CSAF_USE_DOCUMENT_NOTE,
    CSAF_USE_GROUP,
    CSAF_USE_PATH, /* relationship; 2.1: product path */
    CSAF_USES
};

#define CSAF_NO_VULNERABILITY UINT32_MAX
#define CSAF_NO_NUMBER UINT32_MAX

/* Ids that stand side by side in a list of the document, all of them texts. */
struct csaf_run {
    const struct json *nodes; /* of the ids */
    uint32_t n;
    uint32_t first;         /* of their numbers, in csaf_uses.numbers */
    uint32_t vulnerability; /* its place, or CSAF_NO_VULNERABILITY */
    enum csaf_use use;
};

/* All places where ids are used, in the order of the walk. */
struct csaf_uses {
    struct {
        VEC(struct csaf_run)
    } runs;
    struct {
        VEC(uint32_t)
    } numbers;
};

/* A full product name. */
struct csaf_product {
    const struct json *node;   /* the text of its product_id */
    const struct json *name;   /* the object that holds it */
    const struct json *holder; /* the branch, relationship or product path around; or `name` */
    uint32_t number;           /* of the id, or CSAF_NO_NUMBER where there is none */
    enum { CSAF_BY_NAME, CSAF_BY_BRANCH, CSAF_BY_PATH } by;
};

struct csaf_product_group {
    const struct json *node; /* the text of its group_id */
    const struct json *group;
    uint32_t number;
    uint32_t first, n; /* its products' numbers, in product_uses.numbers */
};

/* That a product's id is defined through another's. */
struct csaf_edge {
    uint32_t from, to;
};

/* A branch of the product tree, in the order of the document: parents before children. */
struct csaf_branch {
    const struct json *branch;
    str category, name; /* absent: no text */
    uint32_t parent;    /* its place, or CSAF_NO_NUMBER */
    uint32_t depth;     /* 1: directly in the tree */
    bool product;       /* one stands here or below */
};

struct csaf_revision {
    const struct json *item;
    bool dated, numbered; /* else `when` or `number` says nothing */
    struct instant when;
    struct doc_version number;
};

struct csaf_index {
    struct dict product_ids, group_ids;
    struct {
        VEC(struct csaf_product)
    } products; /* all full product names */
    struct {
        VEC(struct csaf_product_group)
    } groups; /* as defined */
    struct csaf_uses product_uses, group_uses;
    struct {
        VEC(struct csaf_edge)
    } edges;
    struct {
        VEC(struct csaf_branch)
    } branches;
    struct {
        VEC(struct csaf_revision)
    } revisions;
    const struct csaf_revision **by_date; /* those with date and number, by date, then number */
    size_t nby_date;
    bool *extended;       /* by number: an extension defines the product; NULL: none does */
    uint32_t *product_at; /* by number: first definition, its place in `products` plus 1; or 0 */
    uint32_t *group_at;   /* by number, in `groups` */
    const struct json *document_part, *tracking, *tree, *vulnerabilities;
    str category, status; /* /document/category, /document/tracking/status; or absent */
};

const struct csaf_index *csaf_index_new(struct arena *a, const struct json *document);

/* The numbers of the group's products; NULL: it has none. */
static inline const uint32_t *csaf_group_products(const struct csaf_index *x,
                                                  const struct csaf_product_group *g)
{
    return g->n > 0 ? x->product_uses.numbers.v + g->first : NULL;
}

/* First definition of the product or group of this id; NULL: there is none. */
const struct csaf_product *csaf_product_of(const struct csaf_index *x, str id);
const struct csaf_product_group *csaf_group_named(const struct csaf_index *x, str id);

/* The tracking status is one of these: the document was given to its readers. */
bool csaf_is_released(const struct csaf_index *x);

/* Fill revisions and by_date; for csaf_index_new(). */
void csaf_index_history(struct arena *a, struct csaf_index *x);

/* "known_affected" */
str csaf_status_name(enum csaf_use status);

#endif
