/* parts.c - see parts.h; the markup is in templates/parts/parts.html. */
#include "web/parts.h"

#include "app/tables.h"
#include "formats/json.h"
#include "store/db.h"
#include "web/frame.h"

/* clang-format off */
static const struct {
    str css, icon;
} looks[LOOK_COUNT] = {
    [LOOK_DONE] = {S_INIT("done"), S_INIT("#i-done")}, [LOOK_OPEN] = {S_INIT("open"), S_INIT("#i-open")},
    [LOOK_WAIT] = {S_INIT("wait"), S_INIT("#i-wait")}, [LOOK_LATE] = {S_INIT("late"), S_INIT("#i-late")},
    [LOOK_SKIP] = {S_INIT("none"), S_INIT("#i-skip")}, [LOOK_NA] = {S_INIT("none"), S_INIT("#i-na")},
    [LOOK_NO] = {S_INIT("late"), S_INIT("#i-no")},     [LOOK_HIT] = {S_INIT("late"), S_INIT("#i-hit")},
    [LOOK_FREE] = {S_INIT("done"), S_INIT("#i-free")}, [LOOK_HOT] = {S_INIT("late"), S_INIT("#i-hot")},
    [LOOK_LOCK] = {S_INIT("open"), S_INIT("#i-lock")},
};
/* clang-format on */

str look_css(enum look k)
{
    return looks[k].css;
}

url look_icon(enum look k)
{
    return (url){looks[k].icon};
}

enum look vendor_status_look(str status)
{
    enum vendor_status s;
    if (!vendor_status_find(status, &s))
        return LOOK_WAIT;
    switch (s) {
    case STATUS_AFFECTED: return LOOK_HIT;
    case STATUS_NOT_AFFECTED: return LOOK_FREE;
    case STATUS_AFFECTED_INVESTIGATING:
    case STATUS_NOT_AFFECTED_INVESTIGATING: return LOOK_OPEN;
    case STATUS_UNKNOWN:
    case STATUS_INFORMED:
    case VENDOR_STATUS_COUNT: break;
    }
    return LOOK_WAIT;
}

url product_page(const struct product_view *p)
{
    url page = {S("")};
    (void)url_web(p->remedy_url, &page);
    return page;
}

str vendor_status_word(const struct ctx *cx, str status)
{
    enum vendor_status s;
    if (!vendor_status_find(status, &s))
        return status;
    return cx->app->tables->statuses.v[s].word[cx->lang == LANG_JA ? LANG_JA_AT : LANG_EN_AT];
}

/* --- time --------------------------------------------------------------------------------- */

/* The same words as static/kakehashi.mjs puts in their place while the page is open. */
str span_words(struct arena *a, enum lang lang, i64 ms)
{
    i64 minutes = (ms < 0 ? -ms : ms) / MINUTE, hours = minutes / 60, days = hours / 24;
    if (ms < 0)
        return hours > 0 ? words_late_hours(a, lang, .n = hours)
                         : words_late_minutes(a, lang, .n = minutes);
    if (days > 0)
        return words_left_days(a, lang, .n = days, .n_hours = hours % 24);
    return hours > 0 ? words_left_hours(a, lang, .n = hours)
                     : words_left_minutes(a, lang, .n = minutes);
}

str clock_words(struct arena *a, enum lang lang)
{
    static const struct {
        str key;
        enum word word;
    } all[] = {{S_INIT("days"), WP_left_days},
               {S_INIT("hours"), WP_left_hours},
               {S_INIT("minutes"), WP_left_minutes},
               {S_INIT("late"), WP_late_hours},
               {S_INIT("lateMinutes"), WP_late_minutes}};
    buf b = {.a = a};
    struct json_out o = {.b = &b};
    json_put_object(&o);
    for (size_t i = 0; i < COUNT(all); i++)
        json_put_member(&o, all[i].key, word(lang, all[i].word));
    json_put_end(&o);
    return buf_str(&b);
}

str severity_word(i64 score, enum lang lang)
{
    return word(lang, score >= 90   ? W_severity_critical
                      : score >= 70 ? W_severity_high
                      : score >= 40 ? W_severity_medium
                      : score > 0   ? W_severity_low
                                    : W_severity_none);
}

/* --- lists -------------------------------------------------------------------------------- */

str count_words(struct ctx *cx, i64 total)
{
    i64 shown = total > DB_COUNT_MAX ? DB_COUNT_MAX : total;
    if (shown < 1000)
        return str_fmt(cx->a, "%lld", (long long)shown);
    return str_fmt(cx->a, "%lld,%03lld%s", (long long)(shown / 1000), (long long)(shown % 1000),
                   total > DB_COUNT_MAX ? "+" : "");
}

static url with_query(struct ctx *cx, str path, const struct fields *q, str name, str value)
{
    url u = {path};
    for (size_t i = 0; i < q->n; i++)
        if (!str_eq(q->v[i].name, name) && !str_eq(q->v[i].name, S("after")) &&
            !str_eq(q->v[i].name, S("done")) && q->v[i].value.n > 0)
            u = url_query(cx->a, u, q->v[i].name, q->v[i].value);
    return value.n > 0 ? url_query(cx->a, u, name, value) : u;
}

url query_with(struct ctx *cx, const struct request *rq, const char *name, str value)
{
    return with_query(cx, rq->http->path, &rq->query, str_z(name), value);
}

url query_suffix(struct ctx *cx, const struct request *rq, const char *suffix)
{
    str path = str_fmt(cx->a, "%.*s.%s", SV(rq->http->path), suffix);
    return with_query(cx, path, &rq->query, S(""), NO_STR);
}

struct pager_view pager_for(struct ctx *cx, const struct request *rq, i64 total, str next)
{
    struct pager_view v = {.has_next = next.n > 0, .has_first = query_get(rq, "after").n > 0};
    v.count = words_pager_count(cx->a, cx->lang, .count = count_words(cx, total));
    v.first = query_with(cx, rq, "after", NO_STR);
    if (v.has_next)
        v.next = query_with(cx, rq, "after", next);
    return v;
}

struct sort_head sort_head(struct ctx *cx, const struct request *rq, enum word label,
                           const char *value, const char *now, bool descending)
{
    bool here = str_eq(str_z(value), str_z(now));
    struct sort_head h = {.label = word(cx->lang, label),
                          .href = query_with(cx, rq, "sort", str_z(value)),
                          .aria = S("none"),
                          .arrow = S("")};
    if (here) {
        h.aria = descending ? S("descending") : S("ascending");
        h.arrow = descending ? S(" ↓") : S(" ↑");
    }
    return h;
}

/* --- fields ------------------------------------------------------------------------------- */

html hidden_field(struct ctx *cx, const char *name, str value)
{
    struct html_out o = {.b = {.a = cx->a}, .lang = cx->lang, .zone = cx->zone, .now = cx->now};
    tpl_hidden(&o, str_z(name), value);
    return (html){buf_str(&o.b)};
}

html hidden_number(struct ctx *cx, const char *name, i64 value)
{
    return hidden_field(cx, name, str_fmt(cx->a, "%lld", (long long)value));
}
