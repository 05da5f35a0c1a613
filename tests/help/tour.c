/* tour.c - see tour.h. */
#include "help/tour.h"

const char *const target_names[TARGETS] = {"-", "A", "D", "W"};
const char *const method_names[METHOD_COUNT] = {"GET",   "HEAD",   "POST",   "PUT",
                                                "PATCH", "DELETE", "OPTIONS"};

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

struct page tour_ask(const struct rights_stage *r, struct arena *a, const struct route *route,
                     enum target t, enum who w, str *path)
{
    r->st->n++; /* names the session */
    struct stage own = *r->st;
    own.a = a;
    struct visitor *v = visit_who(r, &own, w, str_has_prefix(route->path, S("/api/")));
    *path = path_of(a, r, route, t);
    return send(r, v, route, *path);
}

enum target tour_first(const struct route *route)
{
    return route->of == OF_NOTHING ? TARGET_NONE : TARGET_A;
}

enum target tour_last(const struct route *route)
{
    return route->of == OF_CASE ? TARGET_D : route->of == OF_REPORT ? TARGET_W : TARGET_NONE;
}
