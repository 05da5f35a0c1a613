/* route.c - find the route that fits a path. */
#include "web/route.h"

#include "formats/percent.h"

static bool is_lang(str s)
{
    return str_eq(s, S("ja")) || str_eq(s, S("en"));
}

/* Segment by segment; what {} matches is decoded later, when the route is chosen. */
static bool fits(str pattern, str path, struct request *rq)
{
    size_t n = 0;
    while (pattern.n > 0 || path.n > 0) {
        if (pattern.n == 0 || path.n == 0)
            return false;
        str want = str_cut(&pattern, '/'), got = str_cut(&path, '/');
        if (str_eq(want, S("{}"))) {
            if (got.n == 0 || n == COUNT(rq->seg))
                return false;
            rq->seg[n++] = got;
        } else if (str_eq(want, S("{lang}"))) {
            if (!is_lang(got))
                return false;
        } else if (!str_eq(want, got)) {
            return false;
        }
    }
    rq->nseg = n;
    return true;
}

/* "/ja" and "/ja/" are one place; others have no slash at their end. */
static str without_slash(str path)
{
    return path.n > 1 && path.p[path.n - 1] == '/' ? str_sub(path, 0, path.n - 1) : path;
}

const struct route *route_find(struct arena *a, enum http_method method, str path,
                               struct request *rq, bool *other_method)
{
    *other_method = false;
    path = without_slash(path);
    for (size_t i = 0; i < all_routes_count; i++)
        for (size_t k = 0; k < all_routes[i]->n; k++) {
            const struct route *r = &all_routes[i]->v[k];
            if (!fits(r->path, path, rq))
                continue;
            if (r->method != method) {
                *other_method = true;
                continue;
            }
            for (size_t s = 0; s < rq->nseg; s++)
                if (!percent_decode(a, rq->seg[s], &rq->seg[s]))
                    return NULL;
            return r;
        }
    return NULL;
}

str query_get(const struct request *rq, const char *name)
{
    return fields_get(&rq->query, str_z(name));
}

enum err input_i64(struct ctx *cx, const struct request *rq, const char *name, i64 *out)
{
    str s = input_get(&rq->in, str_z(name));
    if (s.n == 0)
        return wrong(cx, str_z(name), S("required"));
    return str_i64(s, out) ? OK : wrong(cx, str_z(name), S("number"));
}
