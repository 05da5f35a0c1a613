/* csaf_62_fixed.c - recommended test 6.2.39.1: for each affected version of a product a fixed
 * one is named, if there is one. */
#include "formats/csaf_62.h"
#include "formats/vers.h"

/* Bits of remedies. */
enum { NO_FIX = 1, VENDOR_FIX = 2 };

struct fixes {
    struct csaf_check *c;
    uint32_t *family; /* by product: the branch of its name, plus 1; 0: it stands in no branch */
    bool *range_ends; /* by product: a range that ends with "<" */
    uint32_t *fixed;  /* by branch: the last vulnerability that fixes one below, plus 1 */
    struct csaf_marks m;
};

/* The last end of the range is "<": there may be a version that it stops at. */
static bool ends_below(struct csaf_check *c, const struct csaf_branch *b)
{
    struct vers r;
    str why;
    if (!str_eq(b->category, S("product_version_range")) || b->name.p == NULL)
        return false;
    enum err e = str_has_prefix(b->name, S("vers:")) ? vers_read(c->a, b->name, &r, &why)
                                                     : vls_read(c->a, b->name, &r, &why);
    return e == OK && r.n > 0 && r.v[r.n - 1].op == VERS_LT;
}

/* The nearest branch above that names the product. */
static uint32_t name_above(const struct csaf_index *x, uint32_t at)
{
    while (at != CSAF_NO_NUMBER && !str_eq(x->branches.v[at].category, S("product_name")))
        at = x->branches.v[at].parent;
    return at;
}

static struct fixes fixes_new(struct csaf_check *c)
{
    const struct csaf_index *x = c->index;
    struct fixes f = {.c = c,
                      .family = NEWS(c->a, uint32_t, x->product_ids.keys.n + 1),
                      .range_ends = NEWS(c->a, bool, x->product_ids.keys.n + 1),
                      .fixed = NEWS(c->a, uint32_t, x->branches.n + 1),
                      .m = csaf_marks_new(c)};
    for (size_t i = 0; i < x->branches.n; i++) {
        const struct json *id = csaf_at(x->branches.v[i].branch, "product", "product_id", NULL);
        uint32_t number = csaf_product_number(x, id);
        if (number == CSAF_NO_NUMBER)
            continue;
        uint32_t name = name_above(x, (uint32_t)i);
        f.family[number] = (name == CSAF_NO_NUMBER ? (uint32_t)i : name) + 1;
        f.range_ends[number] = ends_below(c, &x->branches.v[i]);
    }
    return f;
}

static void mark_remedies(struct fixes *f, const struct json *v)
{
    csaf_marks_clear(&f->m);
    EACH (remediation, json_get(v, S("remediations"))) {
        str category = json_get_text(remediation, S("category"));
        if (str_eq(category, S("vendor_fix")))
            csaf_mark_element(f->c, &f->m, remediation, VENDOR_FIX);
        else if (str_eq(category, S("fix_planned")) || str_eq(category, S("no_fix_planned")) ||
                 str_eq(category, S("none_available")))
            csaf_mark_element(f->c, &f->m, remediation, NO_FIX);
    }
}

/* Returns whether some product outside of all branches is fixed. */
static bool mark_fixed(struct fixes *f, const struct json *v, uint32_t turn)
{
    static const char *const lists[] = {"first_fixed", "fixed"};
    bool loose = false;
    for (size_t i = 0; i < COUNT(lists); i++)
        EACH (id, csaf_at(v, "product_status", lists[i], NULL)) {
            uint32_t number = csaf_product_number(f->c->index, id);
            if (number == CSAF_NO_NUMBER)
                continue;
            if (f->family[number] == 0)
                loose = true;
            else
                f->fixed[f->family[number] - 1] = turn;
        }
    return loose;
}

static void check_affected(struct fixes *f, const struct json *id, bool loose, uint32_t turn)
{
    uint32_t number = csaf_product_number(f->c->index, id);
    if (number == CSAF_NO_NUMBER || loose)
        return;
    uint32_t family = f->family[number], remedies = csaf_marks_of(&f->m, number);
    bool none = (remedies & NO_FIX) != 0 && (remedies & VENDOR_FIX) == 0 && !f->range_ends[number];
    if (!none && (family == 0 || f->fixed[family - 1] != turn))
        csaf_found(f->c, id, S("fixed_missing"), json_text(id), NO_STR, NO_STR);
}

/* 6.2.39.1 */
void csaf_fixed_missing(struct csaf_check *c)
{
    static const char *const lists[] = {"first_affected", "known_affected", "last_affected"};
    if (!str_eq(c->index->category, S("csaf_security_advisory")))
        return;
    struct fixes f = fixes_new(c);
    uint32_t turn = 0;
    EACH (v, c->index->vulnerabilities) {
        turn++;
        mark_remedies(&f, v);
        bool loose = mark_fixed(&f, v, turn);
        for (size_t i = 0; i < COUNT(lists); i++)
            EACH (id, csaf_at(v, "product_status", lists[i], NULL))
                check_affected(&f, id, loose, turn);
    }
}
