/* csaf_convert_remedy.c - from CSAF 2.0 to 2.1: remediations, whose categories 2.1 ties to the
 * status of their products. */
#include "formats/csaf_convert_own.h"

enum { CURED = 1, NONE_YET = 2, FIX_NOW = 4, FIX_LATER = 8 }; /* bits of products */
enum fate { STAYS, CHANGES, GOES };

struct remedies {
    struct convert *c;
    struct csaf_marks m;
    struct edit *list;
    size_t n; /* of the list as it came */
};

typedef enum fate decide(uint32_t bits);

static uint32_t number_of(const struct remedies *k, str id)
{
    size_t n;
    return id.p != NULL && dict_find(&k->c->check.index->product_ids, id, &n) ? (uint32_t)n
                                                                              : CSAF_NO_NUMBER;
}

/* The ids of all products that the remediation names, by themselves and by groups. */
struct ids {
    struct dict texts;
};

static void products_of(const struct remedies *k, const struct edit *remedy, struct ids *out)
{
    struct arena *a = k->c->a;
    const struct csaf_index *x = k->c->check.index;
    EDIT_EACH(id, edit_get(remedy, S("product_ids")))
    {
        if (edit_text(id).p != NULL)
            (void)dict_add(a, &out->texts, id->text, NULL);
    }
    EDIT_EACH(id, edit_get(remedy, S("group_ids")))
    {
        const struct csaf_product_group *g =
            edit_text(id).p != NULL ? csaf_group_named(x, id->text) : NULL;
        for (uint32_t i = 0; g != NULL && i < g->n; i++)
            (void)dict_add(a, &out->texts, x->product_ids.keys.v[csaf_group_products(x, g)[i]],
                           NULL);
    }
}

static void set_products(struct arena *a, struct edit *remedy, const struct strs *ids)
{
    struct edit *list = edit_array(a);
    for (size_t i = 0; i < ids->n; i++)
        edit_push(a, list, edit_str(a, ids->v[i]));
    (void)edit_take(remedy, S("group_ids"));
    edit_set(a, remedy, S("product_ids"), list);
}

static str listed(struct arena *a, const struct strs *ids)
{
    buf b = {.a = a};
    for (size_t i = 0; i < ids->n; i++)
        buf_putf(&b, "%s%.*s", i > 0 ? ", " : "", SV(ids->v[i]));
    return buf_str(&b);
}

struct split {
    struct {
        VEC(str)
    } of[GOES + 1];
};

static struct strs part(const struct split *s, enum fate f)
{
    return (struct strs){s->of[f].v, s->of[f].n};
}

static void split_products(const struct remedies *k, const struct edit *remedy, decide *fn,
                           struct split *out)
{
    struct ids ids = {0};
    products_of(k, remedy, &ids);
    for (size_t i = 0; i < ids.texts.keys.n; i++) {
        uint32_t number = number_of(k, ids.texts.keys.v[i]);
        enum fate f = number == CSAF_NO_NUMBER ? STAYS : fn(csaf_marks_of(&k->m, number));
        *PUSH(k->c->a, &out->of[f]) = ids.texts.keys.v[i];
    }
}

static void say(struct remedies *k, const struct edit *remedy, str word, struct strs products,
                str to)
{
    struct csaf_carried *said = carry_text(k->c, remedy, word, edit_get_text(remedy, S("category")),
                                           listed(k->c->a, &products));
    said->arg[1] = to;
}

static void change(struct remedies *k, struct edit *remedy, struct strs products, bool whole,
                   str to)
{
    struct arena *a = k->c->a;
    say(k, remedy, whole ? S("remedy_changed") : S("remedy_split"), products, to);
    struct edit *changed = whole ? remedy : edit_copy(a, remedy);
    edit_set(a, changed, S("category"), edit_str(a, to));
    if (whole)
        return;
    set_products(a, changed, &products);
    edit_push(a, k->list, changed);
}

/* Divide what the remediation of slot i says among its products. */
static void divide(struct remedies *k, size_t i, decide *fn, str to)
{
    struct edit *remedy = k->list->v[i].value;
    struct split s = {0};
    split_products(k, remedy, fn, &s);
    struct strs stay = part(&s, STAYS), changed = part(&s, CHANGES), gone = part(&s, GOES);
    if (gone.n > 0)
        say(k, remedy, S("remedy_left"), gone, NO_STR);
    if (changed.n > 0)
        change(k, remedy, changed, stay.n == 0 && gone.n == 0, to);
    if (changed.n + gone.n == 0 || (stay.n == 0 && gone.n == 0))
        return;
    if (stay.n == 0)
        k->list->v[i].value = NULL;
    else
        set_products(k->c->a, remedy, &stay);
}

static void each_of(struct remedies *k, str category, decide *fn, str to)
{
    for (size_t i = 0; i < k->n; i++)
        if (k->list->v[i].value != NULL &&
            str_eq(edit_get_text(k->list->v[i].value, S("category")), category))
            divide(k, i, fn, to);
}

static enum fate if_cured(uint32_t bits)
{
    return bits & CURED ? CHANGES : STAYS;
}

/* A product without a fix that has one: later, and then it is planned; or already. */
static enum fate none_available(uint32_t bits)
{
    return bits & FIX_NOW ? GOES : bits & FIX_LATER ? CHANGES : STAYS;
}

static enum fate vendor_fix(uint32_t bits)
{
    return (bits & NONE_YET) && (bits & FIX_LATER) && !(bits & FIX_NOW) ? GOES : STAYS;
}

static void mark_cured(struct remedies *k, const struct edit *status)
{
    static const str lists[] = {S_INIT("known_not_affected"), S_INIT("fixed"),
                                S_INIT("first_fixed")};
    for (size_t l = 0; l < COUNT(lists); l++)
        EDIT_EACH(id, edit_get(status, lists[l]))
        {
            uint32_t number = number_of(k, edit_text(id));
            if (number != CSAF_NO_NUMBER)
                csaf_mark_product(&k->m, number, CURED);
        }
}

static uint32_t fix_bit(const struct remedies *k, const struct edit *remedy)
{
    struct instant t;
    str category = edit_get_text(remedy, S("category")), date = edit_get_text(remedy, S("date"));
    if (str_eq(category, S("none_available")))
        return NONE_YET;
    if (!str_eq(category, S("vendor_fix")))
        return 0;
    return instant_read(date, &t) && instant_ms(&t) <= k->c->options->now ? FIX_NOW : FIX_LATER;
}

static void mark_fixes(struct remedies *k)
{
    for (size_t i = 0; i < k->list->n; i++) {
        struct ids ids = {0};
        uint32_t bit = fix_bit(k, k->list->v[i].value);
        if (bit != 0)
            products_of(k, k->list->v[i].value, &ids);
        for (size_t p = 0; p < ids.texts.keys.n; p++) {
            uint32_t number = number_of(k, ids.texts.keys.v[p]);
            if (number != CSAF_NO_NUMBER)
                csaf_mark_product(&k->m, number, bit);
        }
    }
}

static void convert_list(struct remedies *k, const struct edit *vulnerability)
{
    csaf_marks_clear(&k->m);
    mark_cured(k, edit_get(vulnerability, S("product_status")));
    each_of(k, S("vendor_fix"), if_cured, S("optional_patch"));
    mark_fixes(k);
    each_of(k, S("none_available"), none_available, S("fix_planned"));
    each_of(k, S("vendor_fix"), vendor_fix, NO_STR);
    edit_sweep(k->list);
}

void convert_remediations(struct convert *c)
{
    struct remedies k = {.c = c, .m = csaf_marks_new(&c->check)};
    EDIT_EACH(v, edit_get(c->root, S("vulnerabilities")))
    {
        k.list = edit_get(v, S("remediations"));
        k.n = edit_count(k.list);
        if (k.n == 0)
            continue;
        convert_list(&k, v);
        if (k.list->n == 0)
            (void)edit_take(v, S("remediations"));
    }
}
