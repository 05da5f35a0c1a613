/* csaf_diff_own.h - a document taken apart into facts with keys; for formats/csaf_diff*.c. */
#ifndef FORMATS_CSAF_DIFF_OWN_H
#define FORMATS_CSAF_DIFF_OWN_H

#include "formats/csaf_check.h"
#include "formats/csaf_diff.h"

#define NO_FACT UINT32_MAX

/* Two facts of the same key are the same thing in both documents. */
struct fact {
    enum csaf_diff_kind kind;
    uint32_t key;            /* in the dict that both share */
    uint32_t parents[2];     /* facts of the document that this one belongs to, or NO_FACT */
    const struct json *node; /* where it stands */
    str what, shown;
    str value;     /* what is compared */
    uint32_t *set; /* products, by their common numbers, sorted; or NULL */
    uint32_t nset;
};

/* What both documents share. */
struct diff {
    struct arena *a;
    struct dict keys;
    struct dict products; /* by where they stand in the tree */
    struct {
        VEC(str)
    } names;     /* of products by that number */
    size_t room; /* products of groups that may still be written out */
};

/* How often each text came. */
struct tally {
    struct dict texts;
    VEC(size_t)
};
size_t tally_add(struct arena *a, struct tally *t, str text); /* with this one */
size_t tally_of(const struct tally *t, str text);

/* The text, or with the number of its coming behind it from the second on. */
str tally_own(struct arena *a, struct tally *t, str text);

struct side {
    struct diff *d;
    const struct json *document;
    struct csaf_check check;
    struct {
        VEC(struct fact)
    } facts;
    uint32_t *common;  /* by product number: number in diff.products */
    uint32_t *product; /* by product number: its fact, or NO_FACT */
    struct tally seen; /* keys */
};

/* Add a fact; a key that came before gets a number of its own. */
struct fact *side_add(struct side *s, enum csaf_diff_kind kind, const struct json *node, str key,
                      str what, str shown);

/* Products of a first side are known before those of the second. */
void side_products(struct side *s, const struct side *other);
void side_document(struct side *s);
void side_vulnerabilities(struct side *s);
void side_notes(struct side *s, const struct json *list, str key, str what, uint32_t parent);
void side_references(struct side *s, const struct json *list, str key, str what, uint32_t parent);
void side_acknowledgments(struct side *s, const struct json *list, str key, str what,
                          uint32_t parent);

/* The number of the product of this id; NO_FACT: it is no text, or not defined. */
uint32_t side_product(const struct side *s, const struct json *id);

/* The products that an element names, by themselves and by groups, as the fact's set. */
void side_set(struct side *s, struct fact *f, const struct json *element);

/* A value without what has no meaning: members and items sorted, but for the members named
 * (NULL-terminated) of the value itself. */
str diff_text(struct arena *a, const struct json *j, const char *const *without);

/* An instant, however it is written; other texts as they are. */
str diff_instant(struct arena *a, str text);

#endif
