/* rights_walk_test.c - every route, as every role in every relation to a case, against
 * rights_expected.tsv.  A route that has no row there fails the test.
 *
 * KAKEHASHI_RIGHTS_WRITE=FILE writes what is, for comparison; what must be is decided from the
 * rules at the head of that table. */
#include "help/tour.h"
#include "io/files.h"
#include "t.h"

#include <stdlib.h>

/* --- one answer ------------------------------------------------------------------------------- */

/* What an answer says of the right; '!' is never right. */
static char letter_of(struct page p)
{
    bool to_sign_in = p.status == 303 && (str_find(p.location, S("/sign-in")) >= 0 ||
                                          str_has_suffix(p.location, S("/track")));
    if (p.status == 401 || to_sign_in)
        return 's';
    if (p.status == 404)
        return '-';
    if (p.status == 403)
        return 'd';
    return p.status < 400 ? 'y' : p.status < 500 ? 'f' : '!';
}

static char ask(const struct rights_stage *r, const struct route *route, enum target t, enum who w)
{
    struct arena *a = arena_new();
    str path;
    struct page p = tour_ask(r, a, route, t, w, &path);
    char letter = letter_of(p);
    if (letter == '!')
        (void)printf("%.*s as %s: %d\n", SV(path), who_name(w), p.status);
    arena_free(a);
    return letter;
}

/* --- the table -------------------------------------------------------------------------------- */

struct row_class {
    str name, letters[TARGETS]; /* absent: no such target */
};
struct row {
    str method, path, name;
    bool used;
};
struct table {
    struct row_class classes[80];
    struct row rows[500];
    size_t nclasses, nrows;
};

static struct row_class *class_of(struct table *t, str name)
{
    for (size_t i = 0; i < t->nclasses; i++)
        if (str_eq(t->classes[i].name, name))
            return &t->classes[i];
    return NULL;
}

/* "class NAME TARGET LETTERS", in groups with blanks between. */
static void read_class(struct arena *a, struct table *t, str line)
{
    str name = str_cut(&line, '\t'), target = str_cut(&line, '\t');
    buf b = {.a = a};
    for (size_t i = 0; i < line.n; i++)
        if (line.p[i] != ' ')
            buf_char(&b, line.p[i]);
    struct row_class *c = class_of(t, name);
    if (c == NULL) {
        must(t->nclasses < COUNT(t->classes));
        c = &t->classes[t->nclasses++];
        c->name = name;
    }
    for (size_t i = 0; i < TARGETS; i++)
        if (str_eq(target, str_z(target_names[i])))
            c->letters[i] = buf_str(&b);
    CHECK_I64(WHO_COUNT, (i64)b.n);
}

static struct table *read_table(struct arena *a)
{
    struct table *t = NEW(a, struct table);
    struct fault fault = {0};
    str text;
    CHECK_ERR(OK, file_read(a, "tests/web/rights_expected.tsv", 1 << 20, &fault, &text));
    while (text.n > 0) {
        str line = str_cut(&text, '\n'), first = str_cut(&line, '\t');
        if (first.n == 0 || first.p[0] == '#')
            continue;
        if (str_eq(first, S("class"))) {
            read_class(a, t, line);
            continue;
        }
        must(t->nrows < COUNT(t->rows));
        struct row *row = &t->rows[t->nrows++];
        row->method = first;
        row->path = str_cut(&line, '\t');
        row->name = str_cut(&line, '\t');
    }
    return t;
}

static struct row *row_of(struct table *t, const struct route *r)
{
    for (size_t i = 0; i < t->nrows; i++)
        if (str_eq(t->rows[i].path, r->path) &&
            str_eq(t->rows[i].method, str_z(method_names[r->method])))
            return &t->rows[i];
    return NULL;
}

/* --- what holds whatever the table says ------------------------------------------------------- */

static bool knows_report(enum who w, enum target t)
{
    if (t == TARGET_A)
        return w == WHO_RECEPTION || w == WHO_COORDINATOR || w == WHO_ANALYST;
    return t == TARGET_D ? w == WHO_POC : w == WHO_RECEPTION || w == WHO_SITE;
}

/* Who has no right to know of a thing gets the answer of a thing that does not exist; who is
 * nobody here signs in first. */
static char rule_of(const struct route *r, enum target t, enum who w)
{
    bool person = w != WHO_NOBODY && w != WHO_FINDER_A && w != WHO_FINDER_D && w != WHO_FINDER_W;
    if (r->need >= NEED_PERSON && !person)
        return 's';
    if (r->need == NEED_FINDER && w == WHO_NOBODY)
        return 's';
    if (r->need == NEED_OPERATOR && w != WHO_OPERATOR)
        return '-';
    if (r->of == OF_CASE && !who_knows_case(w, t == TARGET_D))
        return '-';
    return r->of == OF_REPORT && !knows_report(w, t) ? '-' : 0;
}

/* --- the walk --------------------------------------------------------------------------------- */

struct tour {
    const struct rights_stage *r;
    struct table *t;
    buf out;
    size_t wrong;
};

static void say(struct tour *x, const struct route *route, enum target t, enum who w, char got,
                char want)
{
    x->wrong++;
    (void)printf("%s %.*s of %s as %s: '%c' and not '%c'\n", method_names[route->method],
                 SV(route->path), target_names[t], who_name(w), got, want);
}

static void walk_target(struct tour *x, const struct route *route, enum target t)
{
    struct row *row = row_of(x->t, route);
    const struct row_class *c = row ? class_of(x->t, row->name) : NULL;
    buf_putf(&x->out, "%s\t%.*s\t%s\t", method_names[route->method], SV(route->path),
             target_names[t]);
    for (enum who w = 0; w < WHO_COUNT; w++) {
        char got = ask(x->r, route, t, w), rule = rule_of(route, t, w);
        buf_char(&x->out, got);
        if (rule != 0 && got != rule)
            say(x, route, t, w, got, rule);
        if (c != NULL && c->letters[t].n > 0 && c->letters[t].p[w] != got)
            say(x, route, t, w, got, c->letters[t].p[w]);
    }
    buf_putf(&x->out, "\t%.*s\n", row ? (int)row->name.n : 0, row ? row->name.p : "");
    if (row != NULL)
        row->used = true;
    if (c == NULL || c->letters[t].n == 0) {
        x->wrong++;
        (void)printf("no row in tests/web/rights_expected.tsv: %s %.*s of %s\n",
                     method_names[route->method], SV(route->path), target_names[t]);
    }
}

static void walk_route(struct tour *x, const struct route *route)
{
    for (enum target t = tour_first(route); t <= tour_last(route); t++)
        walk_target(x, route, t);
}

static void write_out(const struct tour *x)
{
    const char *to = getenv("KAKEHASHI_RIGHTS_WRITE");
    if (to == NULL)
        return;
    FILE *f = fopen(to, "w");
    must(f != NULL && fwrite(x->out.p, 1, x->out.n, f) == x->out.n && fclose(f) == 0);
}

TEST(every_route_gives_every_role_in_every_relation_what_the_table_says)
{
    struct stage *st = stage_open_jailed(a, "sqlite", NULL);
    struct tour x = {.r = rights_stage(st), .t = read_table(a), .out = {.a = a}};
    for (int unsafe = 0; unsafe <= 1; unsafe++)
        for (size_t i = 0; i < all_routes_count; i++)
            for (size_t k = 0; k < all_routes[i]->n; k++)
                if ((all_routes[i]->v[k].method != GET) == unsafe)
                    walk_route(&x, &all_routes[i]->v[k]);
    for (size_t i = 0; i < x.t->nrows; i++)
        if (!x.t->rows[i].used) {
            x.wrong++;
            (void)printf("no such route: %.*s %.*s\n", SV(x.t->rows[i].method),
                         SV(x.t->rows[i].path));
        }
    write_out(&x);
    CHECK_I64(0, (i64)x.wrong);
}
