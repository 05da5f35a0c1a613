/* rights_walk_test.c - every route, as every role in every relation to a case, against
 * rights_expected.tsv.  A route that has no row there fails the test.
 *
 * KAKEHASHI_RIGHTS_WRITE=FILE writes what is, for comparison; what must be is decided from the
 * rules at the head of that table. */
#include "help/rights.h"
#include "io/files.h"
#include "t.h"
#include "web/route.h"

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

enum target { TARGET_NONE, TARGET_A, TARGET_D, TARGET_W, TARGETS };
static const char *const target_names[TARGETS] = {"-", "A", "D", "W"};
static const char *const method_names[METHOD_COUNT] = {"GET", "HEAD",  "POST",
                                                       "PUT", "PATCH", "DELETE"};

static str of_target(enum target t, str a, str d, str w)
{
    return t == TARGET_D ? d : t == TARGET_W ? w : a;
}

/* What stands at the {} behind a word of the path. */
static str fill(const struct rights_stage *r, enum target t, str pattern, str before)
{
    static const struct {
        str word, value;
    } known[] = {
        {S_INIT("steps"), S_INIT("2.1.1")},       {S_INIT("organisations"), S_INIT("mihon")},
        {S_INIT("people"), S_INIT("mihon.care")}, {S_INIT("settings"), S_INIT("site_name_en")},
        {S_INIT("fields"), S_INIT("product")},    {S_INIT("report"), S_INIT("product")},
        {S_INIT("to"), S_INIT("mihon")},          {S_INIT("for"), S_INIT("product")},
        {S_INIT("vendors"), S_INIT("mihon")},     {S_INIT("revisions"), S_INIT("ja")},
        {S_INIT("advisory"), S_INIT("ja")},       {S_INIT("ja"), S_INIT("1")}};
    bool of_case = str_find(pattern, S("/cases/")) >= 0;
    if (str_eq(before, S("cases")))
        return of_target(t, r->case_a, r->case_d, S("x"));
    if (str_eq(before, S("reports")))
        return of_target(t, r->report_a, r->report_d, r->report_w);
    if (str_eq(before, S("files")))
        return of_case ? r->file_a : r->file_report_a;
    if (str_eq(before, S("vulnerabilities")))
        return r->vuln_a;
    if (str_eq(before, S("departments")))
        return r->dept;
    if (of_case && (str_eq(before, S("lanes")) || str_eq(before, S("vendors"))))
        return r->lane;
    for (size_t i = 0; i < COUNT(known); i++)
        if (str_eq(known[i].word, before))
            return known[i].value;
    return S("x");
}

static str path_of(struct arena *a, const struct rights_stage *r, const struct route *route,
                   enum target t)
{
    str rest = route->path, before = NO_STR;
    buf b = {.a = a};
    (void)str_cut(&rest, '/');
    while (rest.n > 0) {
        str one = str_cut(&rest, '/');
        if (str_eq(one, S("{lang}")))
            one = S("en");
        else if (str_eq(one, S("{}")))
            one = fill(r, t, route->path, before);
        buf_putf(&b, "/%.*s", SV(one));
        before = one;
    }
    if (str_has_suffix(route->path, S("/relay")) && route->method == GET)
        buf_putf(&b, "?text=%.*s", SV(r->text_a));
    return b.n ? buf_str(&b) : S("/");
}

/* As much of a body that the right is asked for, and never enough that something is done. */
static str json_body(struct arena *a, const struct rights_stage *r, str path)
{
    if (str_has_suffix(path, S("/messages")) && str_find(path, S("/cases/")) > 0)
        return str_fmt(a, "{\"to\":\"coordination:%.*s\"}", SV(r->lane));
    if (str_has_suffix(path, S("/relay")))
        return str_fmt(a, "{\"from\":\"%.*s\",\"to\":\"coordination:%.*s\"}", SV(r->text_a),
                       SV(r->lane));
    if (str_has_suffix(path, S("/draft")))
        return str_fmt(a, "{\"lane\":\"%.*s\",\"hop\":1}", SV(r->lane));
    if (str_find(path, S("/steps/{}/")) > 0)
        return str_fmt(a, "{\"lane\":\"%.*s\"}", SV(r->lane));
    if (str_has_suffix(path, S("/cases/{}/steps/{}")))
        return str_fmt(a, "{\"lane\":\"%.*s\",\"round\":1,\"hop\":1}", SV(r->lane));
    return S("{}");
}

static struct page send(const struct rights_stage *r, struct visitor *v, const struct route *route,
                        str path)
{
    struct arena *a = v->st->a;
    str to = str_fmt(a, "coordination:%.*s", SV(r->lane));
    if (route->method == GET)
        return visit_url(v, path);
    if (str_has_prefix(route->path, S("/api/")))
        return visit_raw(v, route->method, path, S("application/json"),
                         json_body(a, r, route->path), "if-match", "\"0\"", NULL);
    return visit_post(v, path, "rev", "0", "round", "1", "hop", "1", "lane", str_to_z(a, r->lane),
                      "to", str_to_z(a, to), "from", str_to_z(a, r->text_a), "kind", "design",
                      "disabled", "yes", NULL);
}

/* One request in an arena of its own, so that thousands fit. */
static char ask(const struct rights_stage *r, const struct route *route, enum target t, enum who w)
{
    r->st->n++; /* names the session */
    struct stage own = *r->st;
    own.a = arena_new();
    struct visitor *v = visit_who(r, &own, w, str_has_prefix(route->path, S("/api/")));
    str path = path_of(own.a, r, route, t);
    struct page p = send(r, v, route, path);
    char letter = letter_of(p);
    if (letter == '!')
        (void)printf("%.*s as %s: %d\n", SV(path), who_name(w), p.status);
    arena_free(own.a);
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
    enum target first = route->of == OF_NOTHING ? TARGET_NONE : TARGET_A;
    enum target last = route->of == OF_CASE     ? TARGET_D
                       : route->of == OF_REPORT ? TARGET_W
                                                : TARGET_NONE;
    for (enum target t = first; t <= last; t++)
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
    struct stage *st = stage_open(a, "sqlite");
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
