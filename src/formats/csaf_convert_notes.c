/* csaf_convert_notes.c - from CSAF 2.0 to 2.1: notes whose titles end in the name of a product,
 * which 2.1 ties to the product itself. */
#include "formats/csaf_convert_own.h"

struct titled {
    str category, title;
};

/* 2.1, sections 3.2.2.8 and 3.2.4.11. */
static const struct titled of_documents[] = {
    {S_INIT("description"), S_INIT("Product Description")},
    {S_INIT("general"), S_INIT("General Security Recommendations")},
    {S_INIT("legal_disclaimer"), S_INIT("License")},
    {S_INIT("summary"), S_INIT("Summary")},
};
static const struct titled of_vulnerabilities[] = {
    {S_INIT("description"), S_INIT("CVE Description")},
    {S_INIT("description"), S_INIT("Preconditions")},
    {S_INIT("summary"), S_INIT("Vulnerability Summary")},
};

/* Products of all notes together: n notes on a family of n products would be n times n. */
enum { TIED_MOST = 50000 };

struct strs_in {
    VEC(str)
};

struct namesakes {
    struct convert *c;
    struct dict names; /* of products, versions and families, in small letters */
    struct {
        VEC(struct strs_in)
    } ids; /* by name */
    size_t tied;
};

static void add_name(struct namesakes *k, str name, str id)
{
    bool fresh;
    if (name.n == 0 || id.p == NULL)
        return;
    size_t n = dict_add(k->c->a, &k->names, str_lower(k->c->a, str_trim(name)), &fresh);
    if (fresh)
        (void)PUSH(k->c->a, &k->ids);
    *PUSH(k->c->a, &k->ids.v[n]) = id;
}

/* Every product bears the names of the branches above it that tell it from others. */
static struct namesakes namesakes_of(struct convert *c)
{
    const struct csaf_index *x = c->check.index;
    struct namesakes k = {.c = c};
    size_t at = 0;
    for (size_t i = 0; i < x->products.n; i++) {
        const struct csaf_product *p = &x->products.v[i];
        str id = json_text(p->node);
        add_name(&k, json_get_text(p->name, S("name")), id);
        if (p->by != CSAF_BY_BRANCH)
            continue;
        while (at < x->branches.n && x->branches.v[at].branch != p->holder)
            at++;
        for (uint32_t b = (uint32_t)at; b < x->branches.n; b = x->branches.v[b].parent) {
            str category = x->branches.v[b].category;
            if (str_eq(category, S("product_name")) || str_eq(category, S("product_version")) ||
                str_eq(category, S("product_family")))
                add_name(&k, x->branches.v[b].name, id);
        }
    }
    return k;
}

/* What the title adds to the one of the standard: "for X", "- X", "(X)"; absent: nothing. */
static str extension_of(str title, str known)
{
    if (!str_has_prefix(title, known) || title.n == known.n)
        return NO_STR;
    str rest = str_trim(str_from(title, known.n));
    if (rest.n > 0 && str_find_char(S(":-("), rest.p[0]) >= 0)
        rest = str_trim(str_from(rest, 1));
    else if (title.p[known.n] != ' ')
        return NO_STR;
    if (str_has_suffix(rest, S(")")) && str_find_char(rest, '(') < 0)
        rest = str_trim(str_sub(rest, 0, rest.n - 1));
    static const str words[] = {S_INIT("for "), S_INIT("of ")};
    for (size_t i = 0; i < COUNT(words); i++)
        if (str_has_prefix(rest, words[i]))
            rest = str_trim(str_from(rest, words[i].n));
    return rest.n > 0 ? rest : NO_STR;
}

static void tie(struct namesakes *k, struct edit *note, str name)
{
    struct arena *a = k->c->a;
    const struct edit *title = edit_get(note, S("title"));
    struct edit *ids = edit_array(a);
    struct dict seen = {0};
    buf said = {.a = a};
    size_t n;
    if (!dict_find(&k->names, str_lower(a, name), &n) || n >= k->ids.n ||
        k->tied + k->ids.v[n].n > TIED_MOST) {
        (void)carry_text(k->c, title, S("note_loose"), title->text, name);
        return;
    }
    k->tied += k->ids.v[n].n;
    for (size_t i = 0; i < k->ids.v[n].n; i++) {
        str id = k->ids.v[n].v[i];
        bool fresh;
        (void)dict_add(a, &seen, id, &fresh);
        if (!fresh)
            continue;
        edit_push(a, ids, edit_str(a, id));
        buf_putf(&said, "%s%.*s", said.n > 0 ? ", " : "", SV(id));
    }
    edit_set(a, note, S("product_ids"), ids);
    (void)carry_text(k->c, title, S("note_tied"), title->text, buf_str(&said));
}

static void notes_in(struct namesakes *k, const struct edit *notes, const struct titled *titles,
                     size_t n)
{
    EDIT_EACH(note, notes)
    {
        str category = edit_get_text(note, S("category")), title = edit_get_text(note, S("title"));
        for (size_t i = 0; i < n; i++) {
            str name = str_eq(category, titles[i].category) ? extension_of(title, titles[i].title)
                                                            : NO_STR;
            if (name.p != NULL)
                tie(k, note, name);
        }
    }
}

void convert_notes(struct convert *c)
{
    struct namesakes k = namesakes_of(c);
    notes_in(&k, edit_in(c->root, "document", "notes"), of_documents, COUNT(of_documents));
    EDIT_EACH(v, edit_get(c->root, S("vulnerabilities")))
    notes_in(&k, edit_get(v, S("notes")), of_vulnerabilities, COUNT(of_vulnerabilities));
}
