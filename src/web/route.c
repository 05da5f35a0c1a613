/* route.c - find the route that fits a path. */
#include "web/route.h"

#include "formats/percent.h"

#include <pthread.h>
#include <string.h>

static bool is_lang(str s)
{
    return s.n == 2 && ((s.p[0] == 'j' && s.p[1] == 'a') || (s.p[0] == 'e' && s.p[1] == 'n'));
}

static str segment_at(str path, size_t at)
{
    size_t end = at;
    while (end < path.n && path.p[end] != '/')
        end++;
    return str_sub(path, at, end - at);
}

/* {lang} or {}; what {} matches is kept as it came, and decoded when the route is chosen. */
static bool take_segment(bool lang, str got, struct request *rq, size_t *n)
{
    if (lang)
        return is_lang(got);
    if (got.n == 0 || *n == COUNT(rq->seg))
        return false;
    rq->seg[(*n)++] = got;
    return true;
}

/* Byte by byte, as every request looks at most of the routes. */
static bool fits(str pattern, str path, struct request *rq)
{
    size_t n = 0, i = 0, k = 0;
    while (i < pattern.n && k < path.n) {
        if (pattern.p[i] != '{') {
            if (pattern.p[i++] != path.p[k++])
                return false;
            continue;
        }
        str got = segment_at(path, k);
        bool lang = pattern.p[i + 1] == 'l';
        if (!take_segment(lang, got, rq, &n))
            return false;
        i += lang ? sizeof "{lang}" - 1 : sizeof "{}" - 1;
        k += got.n;
    }
    rq->nseg = n;
    return i == pattern.n && k == path.n;
}

/* --- which patterns to look at ------------------------------------------------------------------ */

/* Where the three bytes behind "/{lang}/" or "/api/v1/" stand in a pattern, and in a path: they
 * tell most patterns from a path at once.  0: not of that kind. */
enum { KEY = 3, KEY_AT = 8, KEY_AT_LANG = 4 };

static size_t key_of_pattern(str s)
{
    bool kind = s.n >= KEY_AT + KEY &&
                (memcmp(s.p, "/{lang}/", KEY_AT) == 0 || memcmp(s.p, "/api/v1/", KEY_AT) == 0);
    return kind && memchr(s.p + KEY_AT, '{', KEY) == NULL ? KEY_AT : 0;
}

static size_t key_of_path(str s)
{
    if (s.n >= KEY_AT + KEY && memcmp(s.p, "/api/v1/", KEY_AT) == 0)
        return KEY_AT;
    bool lang = s.n >= KEY_AT_LANG + KEY && s.p[0] == '/' && s.p[3] == '/';
    return lang && is_lang(str_sub(s, 1, 2)) ? KEY_AT_LANG : 0;
}

/* Every pattern by those bytes, and those without them in each bucket, too, so that a bucket has
 * all that may fit, in the order of the tables.  Bucket 0: all there are. */
enum { BUCKETS = 64, ENTRIES = 2048 };
static struct {
    size_t first[BUCKETS + 1];
    const struct route *v[ENTRIES];
} index_;

static size_t bucket(const char *key)
{
    unsigned h = 0;
    for (size_t i = 0; i < KEY; i++)
        h = h * 31 + (unsigned char)key[i];
    return 1 + h % (BUCKETS - 1);
}

static void fill_bucket(size_t b, size_t *n)
{
    for (size_t i = 0; i < all_routes_count; i++)
        for (size_t k = 0; k < all_routes[i]->n; k++) {
            const struct route *r = &all_routes[i]->v[k];
            size_t at = key_of_pattern(r->path);
            if (b > 0 && at > 0 && bucket(r->path.p + at) != b)
                continue;
            must(*n < ENTRIES);
            index_.v[(*n)++] = r;
        }
}

static void fill_index(void)
{
    size_t n = 0;
    for (size_t b = 0; b < BUCKETS; b++) {
        index_.first[b] = n;
        fill_bucket(b, &n);
    }
    index_.first[BUCKETS] = n;
}

/* "/ja" and "/ja/" are one place; others have no slash at their end. */
static str without_slash(str path)
{
    return path.n > 1 && path.p[path.n - 1] == '/' ? str_sub(path, 0, path.n - 1) : path;
}

static bool decode_segments(struct arena *a, struct request *rq)
{
    for (size_t s = 0; s < rq->nseg; s++)
        if (!percent_decode(a, rq->seg[s], &rq->seg[s]))
            return false;
    return true;
}

const struct route *route_find(struct arena *a, enum http_method method, str path,
                               struct request *rq, bool *other_method)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    *other_method = false;
    path = without_slash(path);
    must(pthread_once(&once, fill_index) == 0);
    size_t key = key_of_path(path), b = key > 0 ? bucket(path.p + key) : 0;
    for (size_t i = index_.first[b]; i < index_.first[b + 1]; i++) {
        const struct route *r = index_.v[i];
        if (!fits(r->path, path, rq))
            continue;
        if (r->method == method)
            return decode_segments(a, rq) ? r : NULL;
        *other_method = true;
    }
    return NULL;
}

str route_methods(struct arena *a, str path)
{
    static const char *const names[METHOD_COUNT] = {
        [GET] = "GET, HEAD", [POST] = "POST",     [PUT] = "PUT",
        [PATCH] = "PATCH",   [DELETE] = "DELETE", [OPTIONS] = "OPTIONS"};
    struct request rq = {0};
    buf b = {.a = a};
    path = without_slash(path);
    for (enum http_method m = 0; m < METHOD_COUNT; m++) {
        bool has = false;
        for (size_t i = 0; i < all_routes_count; i++)
            for (size_t k = 0; k < all_routes[i]->n; k++)
                has |= all_routes[i]->v[k].method == m && fits(all_routes[i]->v[k].path, path, &rq);
        if (has && names[m] != NULL)
            buf_putf(&b, "%s%s", b.n ? ", " : "", names[m]);
    }
    return buf_str(&b);
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
