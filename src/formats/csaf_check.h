/* csaf_check.h - what the tests of CSAF share: the document, its index, and where findings go.
 *
 * A test is a function over struct csaf_check that calls csaf_found() for each place that
 * breaks its rule.  Documents may break the schema everywhere: json_get() and its friends take
 * what is missing or of another kind, and a test never leaves the document because one
 * element lacks a field.  Rows of the table of tests stand in csaf_tests_61.inc (mandatory),
 * csaf_tests_62.inc and csaf_tests_63.inc; texts are the words csaf_WORD (why) and
 * csaf_WORD_mend (how to mend it) in po/, with the places {a}, {b} and {c}. */
#ifndef FORMATS_CSAF_CHECK_H
#define FORMATS_CSAF_CHECK_H

#include "formats/csaf.h"
#include "formats/csaf_index.h"

struct csaf_found {
    const struct json *where;
    str below; /* JSON Pointer from `where`; absent: `where` itself */
    str word, arg[CSAF_ARGS];
    uint16_t row;
    bool warning; /* of a mandatory test that cannot look further: breaks no rule */
};

struct schema;
struct schema_faults;
struct csaf_scored;

struct csaf_check {
    struct arena *a;
    const struct json *document;
    enum csaf_version version;
    const struct csaf_choice *choice;
    const struct csaf_index *index;
    uint16_t row;                       /* of the test that runs */
    const struct schema **compiled;     /* of 6.1.60.2: by extension of the choice */
    struct dict extensions_used;        /* of 6.1.60.3 */
    const struct schema_faults *strict; /* of the document; NULL: not checked strictly yet */
    struct csaf_scored *scored;         /* of 6.1.9 and 6.1.10; NULL: not looked for yet */
    struct {
        VEC(struct csaf_found)
    } found;
};

/* The value `where` (a node of the document; NULL is the whole) breaks the rule of the test
 * that runs.  What a, b and c say must live as long as the document or the arena. */
void csaf_found(struct csaf_check *c, const struct json *where, str word, str arg_a, str arg_b,
                str arg_c);

/* The same, as a warning: the document stays valid. */
void csaf_warn(struct csaf_check *c, const struct json *where, str word, str arg_a);

/* `where` lacks a member that it should have: the path names the member. */
void csaf_lacks(struct csaf_check *c, const struct json *where, str member, str word);

/* `for` over the items of an array; over nothing where it is none. */
#define EACH(item, list)                                                                           \
    for (const struct json *item = csaf_items(list), *item##_end = item + csaf_nitems(list);       \
         item < item##_end; item++)
static inline size_t csaf_nitems(const struct json *j)
{
    return j != NULL && j->kind == JSON_IS_ARRAY ? j->n : 0;
}
static inline const struct json *csaf_items(const struct json *j)
{
    static const struct json none;
    return j != NULL && j->kind == JSON_IS_ARRAY && j->u.items != NULL ? j->u.items : &none;
}

/* The value at the end of a path of members, NULL-terminated: csaf_at(doc, "document",
 * "tracking", NULL). */
[[gnu::sentinel]] const struct json *csaf_at(const struct json *from, ...);

/* The document's language is English, or not said. */
bool csaf_is_english(const struct csaf_check *c);

/* Stars of a model or serial number that no backslash makes plain (6.1.43, 6.1.44). */
size_t csaf_stars(str s);

/* ---- bits on products and groups, for one vulnerability at a time ---- */
struct csaf_marks {
    struct csaf_mark {
        uint32_t stamp, bits;
    } * product, *group; /* by number */
    uint32_t stamp;
};
struct csaf_marks csaf_marks_new(const struct csaf_check *c);
void csaf_marks_clear(struct csaf_marks *m);
uint32_t csaf_marks_of(const struct csaf_marks *m, uint32_t product);
void csaf_mark_product(struct csaf_marks *m, uint32_t product, uint32_t bits);

/* All products that an element names in `product_ids` (or `products`), and in `group_ids` by
 * their groups.  A group is opened once for the same bits. */
void csaf_mark_element(const struct csaf_check *c, struct csaf_marks *m, const struct json *element,
                       uint32_t bits);

/* The number of a product's or group's id; CSAF_NO_NUMBER: it is no text. */
uint32_t csaf_product_number(const struct csaf_index *x, const struct json *id);
/* The same for the next of a list: quicker where it follows on the last one's number. */
uint32_t csaf_product_next(const struct csaf_index *x, const struct json *id, uint32_t last);
uint32_t csaf_group_number(const struct csaf_index *x, const struct json *id);

/* The group of that number as it was defined first, or NULL. */
const struct csaf_product_group *csaf_group_at(const struct csaf_index *x, uint32_t number);

/* What stands below `where` by the JSON Pointer. */
void csaf_found_below(struct csaf_check *c, const struct json *where, str pointer, str word,
                      str arg_a, str arg_b, str arg_c);

/* What breaks a schema in the value `where`; words: schema_KEYWORD. */
void csaf_found_faults(struct csaf_check *c, const struct json *where, const struct schema *s);

/* The findings of the schema of the whole document. */
void csaf_schema_findings(struct csaf_check *c, struct csaf_report *out);

/* Where each of c->found stands. */
const str *csaf_paths(const struct csaf_check *c);

/* ---- the table ---- */
struct csaf_test {
    str id[CSAF_VERSIONS]; /* empty: not in that version */
    void (*run)(struct csaf_check *c);
};
extern const struct csaf_test csaf_tests[];
extern const size_t csaf_ntests;
enum csaf_group csaf_group_of(str id);

#define CSAF_TEST(id20, id21, function) void function(struct csaf_check *c);
#include "formats/csaf_tests_61.inc"
#include "formats/csaf_tests_62.inc"
#include "formats/csaf_tests_63.inc"
#undef CSAF_TEST

#endif
