/* csaf_convert_range.c - from CSAF 2.0 to 2.1: ranges of versions, and what fixes them. */
#include "formats/csaf_convert_own.h"

#include "formats/vers.h"

static bool read_range(struct convert *c, str name, struct vers *out)
{
    str why;
    return (str_has_prefix(name, S("vers:")) ? vers_read(c->a, name, out, &why)
                                             : vls_read(c->a, name, out, &why)) == OK;
}

/* Without the white space around comparators and '|', which vls does not have. */
static str without_spaces(struct arena *a, str s)
{
    buf b = {.a = a};
    s = str_trim(s);
    for (size_t i = 0; i < s.n; i++) {
        bool space = s.p[i] == ' ' || s.p[i] == '\t';
        bool behind = b.n > 0 && str_find_char(S("<>=!|"), b.p[b.n - 1]) >= 0;
        size_t next = i;
        while (space && next < s.n && (s.p[next] == ' ' || s.p[next] == '\t'))
            next++;
        bool before = space && next < s.n && str_find_char(S("<>=!|"), s.p[next]) >= 0;
        if (!space || (!behind && !before))
            buf_char(&b, s.p[i]);
    }
    return buf_str(&b);
}

/* The last constraint, ">=3.0", becomes the version that it begins with. */
static str closed(struct convert *c, str name, const struct vers *r)
{
    if (r->v[r->n - 1].op != VERS_GE)
        return NO_STR;
    size_t bar = name.n;
    while (bar > 0 && name.p[bar - 1] != '|')
        bar--;
    return str_join(c->a, str_sub(name, 0, bar), str_from(name, bar + 2));
}

static void to_version(struct convert *c, struct edit *branch, str name)
{
    edit_set(c->a, branch, S("category"), edit_str(c->a, S("product_version")));
    edit_get(branch, S("name"))->text = name;
}

static void close_range(struct convert *c, struct edit *branch, struct edit *name,
                        const struct vers *r)
{
    str before = name->text;
    str made = r->n == 1 ? r->v[0].version : closed(c, before, r);
    if (made.p == NULL) {
        carry_text(c, name, S("range_open_stays"), before, NO_STR)->error = true;
        return;
    }
    if (r->n == 1)
        to_version(c, branch, made);
    name->text = made;
    (void)carry_text(c, name, S("range_open"), before, made);
}

void convert_range(struct convert *c, struct edit *branch)
{
    struct edit *name = edit_get(branch, S("name"));
    struct vers r;
    if (edit_text(name).p == NULL)
        return;
    if (!read_range(c, name->text, &r)) {
        str tight = without_spaces(c->a, name->text);
        if (!read_range(c, tight, &r))
            return;
        (void)carry_text(c, name, S("range_space"), name->text, tight);
        name->text = tight;
    }
    if (vers_is_single(&r)) {
        (void)carry_text(c, name, S("range_single"), name->text, r.v[0].version);
        to_version(c, branch, r.type.p != NULL ? r.v[0].version : name->text);
    } else if (r.n > 0 && vers_is_open(&r)) {
        close_range(c, branch, name, &r);
    }
}

/* ---- what the end of a range says of a fixed version ---- */

struct cure {
    str id;
    bool made;           /* else it stood in the tree before */
    size_t carried;      /* that it was said */
    uint32_t number;     /* of the product, if it stood in the tree before */
    uint32_t turn;       /* the last vulnerability that it was added to */
    buf vulnerabilities; /* their places */
};

struct cures {
    struct convert *c;
    VEC(struct cure)
    uint32_t *of; /* by product number: the place of its cure plus 1 */
    bool *affected;
};

struct names {
    const struct names *up;
    str name;
};

static uint32_t number_of(const struct convert *c, str id)
{
    size_t n;
    return id.p != NULL && dict_find(&c->check.index->product_ids, id, &n) ? (uint32_t)n
                                                                           : CSAF_NO_NUMBER;
}

static str full_name(struct arena *a, const struct names *n, str tail)
{
    for (; n != NULL; n = n->up)
        tail = str_fmt(a, "%.*s %.*s", SV(n->name), SV(tail));
    return tail;
}

static str fresh_id(struct convert *c, str id)
{
    bool fresh = false;
    str made = str_fmt(c->a, "%.*s-fixed", SV(id));
    for (size_t i = 2; !fresh; i++) {
        if (number_of(c, made) == CSAF_NO_NUMBER)
            (void)dict_add(c->a, &c->fixed_ids, made, &fresh);
        if (!fresh)
            made = str_fmt(c->a, "%.*s-fixed-%zu", SV(id), i);
    }
    return made;
}

/* The version that the range stops in front of; absent: it does not. */
static str stops_at(struct convert *c, const struct edit *branch)
{
    struct vers r;
    str name = edit_get_text(branch, S("name"));
    if (!str_eq(edit_get_text(branch, S("category")), S("product_version_range")) ||
        name.p == NULL || !read_range(c, name, &r) || r.n == 0 || r.v[r.n - 1].op != VERS_LT)
        return NO_STR;
    return r.v[r.n - 1].version;
}

static size_t add_cure(struct cures *k, struct edit *list, const struct edit *range, str version,
                       const struct names *above)
{
    struct convert *c = k->c;
    const struct edit *affected = edit_get(range, S("product"));
    struct edit *branch = edit_object(c->a), *product = edit_object(c->a);
    struct cure cure = {.made = true, .number = CSAF_NO_NUMBER, .carried = c->out->carried.n};
    str name = full_name(c->a, above, version);
    cure.id = fresh_id(c, edit_get_text(affected, S("product_id")));
    cure.vulnerabilities.a = c->a;
    edit_set(c->a, branch, S("category"), edit_str(c->a, S("product_version")));
    edit_set(c->a, branch, S("name"), edit_str(c->a, version));
    edit_set(c->a, product, S("name"), edit_str(c->a, name));
    edit_set(c->a, product, S("product_id"), edit_str(c->a, cure.id));
    edit_set(c->a, branch, S("product"), product);
    edit_push(c->a, list, branch);
    (void)carry_text(c, range, S("fixed"), name, cure.id);
    *PUSH(c->a, k) = cure;
    return k->n;
}

/* The versions of the list that are products already. */
static void note_versions(struct cures *k, const struct edit *list, struct dict *versions,
                          size_t *at)
{
    EDIT_EACH(branch, list)
    {
        str id = edit_get_text(edit_get(branch, S("product")), S("product_id"));
        uint32_t number = number_of(k->c, id);
        bool fresh;
        if (!str_eq(edit_get_text(branch, S("category")), S("product_version")) ||
            number == CSAF_NO_NUMBER)
            continue;
        size_t n = dict_add(k->c->a, versions, edit_get_text(branch, S("name")), &fresh);
        if (!fresh)
            continue;
        *PUSH(k->c->a, k) = (struct cure){.id = id, .number = number};
        k->v[k->n - 1].vulnerabilities.a = k->c->a;
        at[n] = k->n;
    }
}

static void find_cures(struct cures *k, struct edit *list, const struct names *above)
{
    struct convert *c = k->c;
    size_t n = edit_count(list);
    struct dict versions = {0};
    size_t *at = NEWS(c->a, size_t, 2 * n + 1);
    note_versions(k, list, &versions, at);
    for (size_t i = 0; i < n; i++) {
        struct edit *branch = list->v[i].value;
        struct names here = {above, edit_get_text(branch, S("name"))};
        str end = stops_at(c, branch);
        uint32_t number =
            number_of(c, edit_get_text(edit_get(branch, S("product")), S("product_id")));
        if (end.p != NULL && number != CSAF_NO_NUMBER && k->affected[number]) {
            size_t v = dict_add(c->a, &versions, end, NULL);
            if (at[v] == 0)
                at[v] = add_cure(k, list, branch, end, above);
            k->of[number] = (uint32_t)at[v];
        }
        find_cures(k, edit_get(branch, S("branches")), &here);
    }
}

static const str affected_lists[] = {S_INIT("first_affected"), S_INIT("known_affected"),
                                     S_INIT("last_affected")};

static void add_fixed(struct cures *k, struct edit *vulnerability, struct edit *status,
                      struct cure *cure, uint32_t turn)
{
    struct convert *c = k->c;
    struct edit *fixed = edit_get(status, S("fixed"));
    cure->turn = turn;
    if (fixed == NULL)
        edit_set(c->a, status, S("fixed"), fixed = edit_array(c->a));
    if (fixed->kind != JSON_IS_ARRAY)
        return;
    edit_push(c->a, fixed, edit_str(c->a, cure->id));
    if (cure->vulnerabilities.n > 0)
        buf_put(&cure->vulnerabilities, S(", "));
    buf_put(&cure->vulnerabilities, edit_place(c->a, vulnerability));
}

static void cure_vulnerability(struct cures *k, struct csaf_marks *m, struct edit *v, uint32_t turn)
{
    struct convert *c = k->c;
    struct edit *status = edit_get(v, S("product_status"));
    csaf_marks_clear(m);
    for (size_t s = 0; status != NULL && s < status->n; s++)
        EDIT_EACH(id, status->v[s].value)
        {
            uint32_t number = number_of(c, edit_text(id));
            if (number != CSAF_NO_NUMBER)
                csaf_mark_product(m, number, 1);
        }
    for (size_t l = 0; l < COUNT(affected_lists); l++)
        EDIT_EACH(id, edit_get(status, affected_lists[l]))
        {
            uint32_t number = number_of(c, edit_text(id));
            uint32_t at = number == CSAF_NO_NUMBER ? 0 : k->of[number];
            struct cure *cure = at > 0 ? &k->v[at - 1] : NULL;
            bool has = cure == NULL || cure->turn == turn ||
                       (!cure->made && csaf_marks_of(m, cure->number) != 0);
            if (!has)
                add_fixed(k, v, status, cure, turn);
        }
}

static void note_affected(struct cures *k)
{
    EDIT_EACH(v, edit_get(k->c->root, S("vulnerabilities")))
    {
        for (size_t l = 0; l < COUNT(affected_lists); l++)
            EDIT_EACH(id, edit_get(edit_get(v, S("product_status")), affected_lists[l]))
            {
                uint32_t number = number_of(k->c, edit_text(id));
                if (number != CSAF_NO_NUMBER)
                    k->affected[number] = true;
            }
    }
}

void convert_fixed(struct convert *c)
{
    size_t n = c->check.index->product_ids.keys.n;
    struct cures k = {.c = c};
    uint32_t turn = 0;
    if (!str_eq(c->check.index->category, S("csaf_security_advisory")))
        return;
    k.of = NEWS(c->a, uint32_t, n + 1);
    k.affected = NEWS(c->a, bool, n + 1);
    note_affected(&k);
    find_cures(&k, edit_in(c->root, "product_tree", "branches"), NULL);
    struct csaf_marks m = csaf_marks_new(&c->check);
    EDIT_EACH(v, edit_get(c->root, S("vulnerabilities")))
    cure_vulnerability(&k, &m, v, ++turn);
    for (size_t i = 0; i < k.n; i++) {
        struct cure *cure = &k.v[i];
        if (cure->made)
            c->out->carried.v[cure->carried].arg[1] = buf_str(&cure->vulnerabilities);
        else if (cure->vulnerabilities.n > 0)
            (void)carry_text(c, edit_in(c->root, "product_tree", "branches"), S("fixed_said"),
                             cure->id, buf_str(&cure->vulnerabilities));
    }
}
