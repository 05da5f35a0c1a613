/* csaf_index.c - see csaf_index.h. */
#include "formats/csaf_index.h"

#include "formats/csaf_check.h"

struct walk {
    struct arena *a;
    struct csaf_index *x;
    uint32_t vulnerability;
    uint32_t last; /* number that was used */
};

static const str statuses[CSAF_STATUSES] = {
    [CSAF_FIRST_AFFECTED] = S_INIT("first_affected"),
    [CSAF_FIRST_FIXED] = S_INIT("first_fixed"),
    [CSAF_FIXED] = S_INIT("fixed"),
    [CSAF_KNOWN_AFFECTED] = S_INIT("known_affected"),
    [CSAF_KNOWN_NOT_AFFECTED] = S_INIT("known_not_affected"),
    [CSAF_LAST_AFFECTED] = S_INIT("last_affected"),
    [CSAF_RECOMMENDED_PRODUCT] = S_INIT("recommended"),
    [CSAF_UNDER_INVESTIGATION] = S_INIT("under_investigation"),
    [CSAF_UNKNOWN] = S_INIT("unknown"),
};

str csaf_status_name(enum csaf_use status)
{
    must(status < CSAF_STATUSES);
    return statuses[status];
}

/* Lists of a vulnerability whose items name products and groups. */
static const struct part {
    str name;
    enum csaf_use use;
} parts[] = {
    {S_INIT("first_known_exploitation_dates"), CSAF_USE_EXPLOITATION},
    {S_INIT("flags"), CSAF_USE_FLAG},
    {S_INIT("ids"), CSAF_USE_ID},
    {S_INIT("involvements"), CSAF_USE_INVOLVEMENT},
    {S_INIT("metrics"), CSAF_USE_SCORE},
    {S_INIT("notes"), CSAF_USE_NOTE},
    {S_INIT("remediations"), CSAF_USE_REMEDIATION},
    {S_INIT("scores"), CSAF_USE_SCORE},
    {S_INIT("threats"), CSAF_USE_THREAT},
};

/* Lists name ids in the order in which the tree defines them mostly: the number is the one behind
 * the last. */
static uint32_t number_of(struct walk *w, struct dict *ids, str id)
{
    size_t next = (size_t)w->last + 1;
    bool near = next < ids->keys.n && str_eq(ids->keys.v[next], id);
    return w->last = near ? (uint32_t)next : (uint32_t)dict_add(w->a, ids, id, NULL);
}

/* The texts from `node` on, of which there is one at least, to the end or to what is none. */
static const struct json *use_run(struct walk *w, struct csaf_uses *to, struct dict *ids,
                                  const struct json *node, const struct json *end,
                                  enum csaf_use use)
{
    struct csaf_run run = {node, 0, (uint32_t)to->numbers.n, w->vulnerability, use};
    RESERVE(w->a, &to->numbers, (size_t)(end - node));
    for (; node < end && json_is(node, JSON_IS_STRING); node++)
        to->numbers.v[to->numbers.n++] = number_of(w, ids, json_text(node));
    run.n = (uint32_t)(node - run.nodes);
    *PUSH(w->a, &to->runs) = run;
    return node;
}

static void use_nodes(struct walk *w, struct csaf_uses *to, struct dict *ids,
                      const struct json *nodes, size_t n, enum csaf_use use)
{
    for (const struct json *node = nodes; node < nodes + n;)
        if (json_is(node, JSON_IS_STRING))
            node = use_run(w, to, ids, node, nodes + n, use);
        else
            node++;
}

static void use_products(struct walk *w, const struct json *list, enum csaf_use use)
{
    use_nodes(w, &w->x->product_uses, &w->x->product_ids, csaf_items(list), csaf_nitems(list), use);
}

static void use_groups(struct walk *w, const struct json *list, enum csaf_use use)
{
    use_nodes(w, &w->x->group_uses, &w->x->group_ids, csaf_items(list), csaf_nitems(list), use);
}

static uint32_t define(struct walk *w, const struct json *name, const struct json *holder, int by)
{
    if (name == NULL)
        return CSAF_NO_NUMBER;
    struct csaf_product *p = PUSH(w->a, &w->x->products);
    *p = (struct csaf_product){.name = name, .holder = holder, .number = CSAF_NO_NUMBER};
    p->node = json_get(name, S("product_id"));
    p->by = by;
    if (json_text(p->node).p != NULL)
        p->number = (uint32_t)dict_add(w->a, &w->x->product_ids, json_text(p->node), NULL);
    return p->number;
}

static void read_branch(struct csaf_branch *b, const struct json **product,
                        const struct json **below)
{
    for (size_t i = 0; i < json_count(b->branch); i++) {
        str key = json_key(b->branch, i);
        const struct json *value = json_value(b->branch, i);
        if (str_eq(key, S("category")))
            b->category = json_text(value);
        else if (str_eq(key, S("name")))
            b->name = json_text(value);
        else if (str_eq(key, S("product")))
            *product = value;
        else if (str_eq(key, S("branches")))
            *below = value;
    }
    b->product = *product != NULL;
}

/* Recursive: trees are at most JSON_DEPTH deep. */
static void walk_branches(struct walk *w, const struct json *branches, uint32_t parent,
                          uint32_t depth)
{
    EACH (branch, branches) {
        uint32_t at = (uint32_t)w->x->branches.n;
        struct csaf_branch *b = PUSH(w->a, &w->x->branches);
        *b = (struct csaf_branch){.branch = branch, .parent = parent, .depth = depth};
        const struct json *product = NULL, *below = NULL;
        read_branch(b, &product, &below);
        (void)define(w, product, branch, CSAF_BY_BRANCH);
        walk_branches(w, below, at, depth + 1);
    }
}

static void mark_branches_with_products(struct csaf_index *x)
{
    for (size_t i = x->branches.n; i-- > 0;) {
        const struct csaf_branch *b = &x->branches.v[i];
        if (b->product && b->parent != CSAF_NO_NUMBER)
            x->branches.v[b->parent].product = true;
    }
}

/* The id `from` is defined through this reference. */
static void use_path(struct walk *w, uint32_t from, const struct json *node)
{
    if (!json_is(node, JSON_IS_STRING))
        return;
    use_nodes(w, &w->x->product_uses, &w->x->product_ids, node, 1, CSAF_USE_PATH);
    if (from != CSAF_NO_NUMBER)
        *PUSH(w->a, &w->x->edges) = (struct csaf_edge){from, w->last};
}

static void walk_paths(struct walk *w, const struct json *tree)
{
    EACH (r, json_get(tree, S("relationships"))) {
        uint32_t from = define(w, json_get(r, S("full_product_name")), r, CSAF_BY_PATH);
        use_path(w, from, json_get(r, S("product_reference")));
        use_path(w, from, json_get(r, S("relates_to_product_reference")));
    }
    EACH (p, json_get(tree, S("product_paths"))) {
        uint32_t from = define(w, json_get(p, S("full_product_name")), p, CSAF_BY_PATH);
        use_path(w, from, json_get(p, S("beginning_product_reference")));
        EACH (sub, json_get(p, S("subpaths")))
            use_path(w, from, json_get(sub, S("next_product_reference")));
    }
}

static void walk_tree(struct walk *w, const struct json *tree)
{
    walk_branches(w, json_get(tree, S("branches")), CSAF_NO_NUMBER, 1);
    mark_branches_with_products(w->x);
    EACH (name, json_get(tree, S("full_product_names")))
        (void)define(w, name, name, CSAF_BY_NAME);
    EACH (g, json_get(tree, S("product_groups"))) {
        const struct json *node = json_get(g, S("group_id"));
        uint32_t first = (uint32_t)w->x->product_uses.numbers.n;
        use_products(w, json_get(g, S("product_ids")), CSAF_USE_GROUP);
        if (json_text(node).p != NULL)
            *PUSH(w->a, &w->x->groups) = (struct csaf_product_group){
                node, g, (uint32_t)dict_add(w->a, &w->x->group_ids, json_text(node), NULL), first,
                (uint32_t)w->x->product_uses.numbers.n - first};
    }
    walk_paths(w, tree);
}

static void walk_status(struct walk *w, const struct json *status)
{
    for (size_t i = 0; i < json_count(status); i++)
        for (size_t s = 0; s < CSAF_STATUSES; s++)
            if (str_eq(json_key(status, i), statuses[s]))
                use_products(w, json_value(status, i), (enum csaf_use)s);
}

static void walk_part(struct walk *w, const struct json *list, enum csaf_use use)
{
    bool score = use == CSAF_USE_SCORE;
    EACH (item, list) {
        use_products(w, score ? json_get(item, S("products")) : json_get(item, S("product_ids")),
                     use);
        use_groups(w, json_get(item, S("group_ids")), use);
    }
}

static void walk_vulnerability(struct walk *w, const struct json *v)
{
    walk_status(w, json_get(v, S("product_status")));
    for (size_t i = 0; i < json_count(v); i++) {
        str key = json_key(v, i);
        for (size_t k = 0; k < COUNT(parts); k++)
            if (str_eq(key, parts[k].name))
                walk_part(w, json_value(v, i), parts[k].use);
    }
}

struct numbers {
    VEC(uint32_t)
};

/* Full product names somewhere in the content of an extension.  Recursive: trees are at most
 * JSON_DEPTH deep. */
static void walk_extension(struct walk *w, const struct json *j, struct numbers *out)
{
    EACH (item, j)
        walk_extension(w, item, out);
    for (size_t i = 0; json_is(j, JSON_IS_OBJECT) && i < j->n; i++) {
        str id = json_get_text(json_value(j, i), S("product_id"));
        if (id.p != NULL && str_eq(json_key(j, i), S("full_product_name")))
            *PUSH(w->a, out) = (uint32_t)dict_add(w->a, &w->x->product_ids, id, NULL);
        walk_extension(w, json_value(j, i), out);
    }
}

static void walk_extensions(struct walk *w, const struct json *document)
{
    struct numbers found = {0};
    EACH (item, json_get(document, S("x_extensions")))
        walk_extension(w, json_get(item, S("content")), &found);
    if (found.n > 0)
        w->x->extended = NEWS(w->a, bool, w->x->product_ids.keys.n);
    for (size_t i = 0; i < found.n; i++)
        w->x->extended[found.v[i]] = true;
}

/* Where each id is defined first. */
static void place_definitions(struct arena *a, struct csaf_index *x)
{
    x->product_at = NEWS(a, uint32_t, x->product_ids.keys.n + 1);
    x->group_at = NEWS(a, uint32_t, x->group_ids.keys.n + 1);
    for (size_t i = x->products.n; i-- > 0;)
        if (x->products.v[i].number != CSAF_NO_NUMBER)
            x->product_at[x->products.v[i].number] = (uint32_t)i + 1;
    for (size_t i = x->groups.n; i-- > 0;)
        x->group_at[x->groups.v[i].number] = (uint32_t)i + 1;
}

const struct csaf_index *csaf_index_new(struct arena *a, const struct json *document)
{
    struct csaf_index *x = NEW(a, struct csaf_index);
    struct walk w = {a, x, CSAF_NO_VULNERABILITY, 0};
    x->document_part = json_get(document, S("document"));
    x->tracking = json_get(x->document_part, S("tracking"));
    x->category = json_get_text(x->document_part, S("category"));
    x->status = json_get_text(x->tracking, S("status"));
    x->tree = json_get(document, S("product_tree"));
    x->vulnerabilities = json_get(document, S("vulnerabilities"));
    walk_tree(&w, x->tree);
    EACH (note, json_get(x->document_part, S("notes"))) {
        use_products(&w, json_get(note, S("product_ids")), CSAF_USE_DOCUMENT_NOTE);
        use_groups(&w, json_get(note, S("group_ids")), CSAF_USE_DOCUMENT_NOTE);
    }
    w.vulnerability = 0;
    EACH (v, x->vulnerabilities) {
        walk_vulnerability(&w, v);
        w.vulnerability++;
    }
    walk_extensions(&w, document);
    place_definitions(a, x);
    csaf_index_history(a, x);
    return x;
}

const struct csaf_product *csaf_product_of(const struct csaf_index *x, str id)
{
    size_t number;
    bool known = id.p != NULL && dict_find(&x->product_ids, id, &number);
    return known && x->product_at[number] ? &x->products.v[x->product_at[number] - 1] : NULL;
}

const struct csaf_product_group *csaf_group_named(const struct csaf_index *x, str id)
{
    size_t number;
    bool known = id.p != NULL && dict_find(&x->group_ids, id, &number);
    return known && x->group_at[number] ? &x->groups.v[x->group_at[number] - 1] : NULL;
}

bool csaf_is_released(const struct csaf_index *x)
{
    return str_eq(x->status, S("final")) || str_eq(x->status, S("interim"));
}
