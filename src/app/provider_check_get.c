/* provider_check_get.c - asking, and what every answer shows: TLS, redirects, headers. */
#include "app/provider_check_own.h"

#include "formats/csaf_listing.h"
#include "io/fetch.h"

enum { KEPT = 200, REDIRECTS_MOST = 10, SILENT_MOST = 8 };

/* --- addresses -------------------------------------------------------------------------------- */

str check_host(str url)
{
    str origin = listed_origin(url);
    ptrdiff_t scheme = str_find(origin, S("://"));
    str host = scheme < 0 ? origin : str_from(origin, (size_t)scheme + 3);
    return host.n > 0 && host.p[0] == '[' ? host : str_cut(&host, ':');
}

str check_parent(str url)
{
    size_t n = url.n, least = listed_origin(url).n;
    while (n > least && url.p[n - 1] != '/')
        n--;
    return str_sub(url, 0, n);
}

static bool is_this_machine(str url)
{
    str host = check_host(url);
    return str_eq(host, S("127.0.0.1")) || str_eq(host, S("localhost"));
}

/* --- labels ----------------------------------------------------------------------------------- */

str check_tlp(str label)
{
    return str_eq(label, S("WHITE")) ? S("CLEAR") : label;
}

int check_tlp_rank(str label)
{
    static const str labels[] = {S_INIT("CLEAR"), S_INIT("GREEN"), S_INIT("AMBER"),
                                 S_INIT("AMBER+STRICT"), S_INIT("RED")};
    if (str_eq(label, S("UNLABELED")))
        return 0;
    for (size_t i = 0; i < COUNT(labels); i++)
        if (str_eq(check_tlp(label), labels[i]))
            return (int)i;
    return -1;
}

/* --- findings --------------------------------------------------------------------------------- */

void check_note(struct checking *c, int requirement, enum check_level level, str where, str word,
                str x, str y)
{
    c->used[requirement] = true;
    c->failed[requirement] += level == CHECK_ERROR;
    if (c->kept[requirement]++ >= KEPT) {
        c->out->requirement[requirement].more++;
        return;
    }
    *PUSH(c->a, &c->out->messages) = (struct check_message){
        .requirement = requirement,
        .level = level,
        .where = str_copy(c->a, where),
        .word = word,
        .arg = {x.n > 0 ? str_copy(c->a, x) : S(""), y.n > 0 ? str_copy(c->a, y) : S("")}};
}

/* --- asking ----------------------------------------------------------------------------------- */

static void note_answer(struct checking *c, str url, const struct provider_got *got)
{
    bool https = str_has_prefix(url, S("https://"));
    c->used[R_TLS] = true;
    if (!https && !(c->reach->loopback && is_this_machine(url)))
        check_error(c, R_TLS, url, "no_tls", NO_STR);
    if (str_eq(got->why, S("tls")))
        check_error(c, R_TLS, url, "not_tls", NO_STR);
    if (c->v21 && !c->reach->folder && got->status == 200 &&
        !str_has_suffix(url, S("security.txt"))) {
        c->used[R_CORS] = true;
        if (got->allows.n == 0)
            check_warning(c, R_CORS, url, "no_cors", NO_STR);
    }
}

enum provider_guise check_guise(const struct provider_reach *reach, str url)
{
    bool own = reach->entitled && str_eq(listed_origin(url), reach->entitled_at);
    return own ? GUISE_ENTITLED : GUISE_STRANGER;
}

/* out->location: where the last redirect led. */
static void ask(struct checking *c, struct arena *a, str url, enum provider_guise as, size_t most,
                struct provider_got *out)
{
    str location = NO_STR;
    *out = (struct provider_got){.why = S("gave_up")};
    for (int n = 0; !c->gave_up; n++) {
        *out = (struct provider_got){0};
        c->reach->get(c->reach->arg, a, url, as, most, out);
        c->silent = out->status == 0 && !str_eq(out->why, S("folder")) ? c->silent + 1 : 0;
        c->gave_up = c->silent >= SILENT_MOST;
        note_answer(c, url, out);
        if (!fetch_is_redirect(out->status) || out->location.n == 0)
            break;
        check_warning(c, R_REDIRECTS, url, "redirect", out->location);
        if (n == REDIRECTS_MOST)
            check_error(c, R_REDIRECTS, url, "redirects_many", NO_STR);
        if (n == REDIRECTS_MOST)
            break;
        url = location = out->location;
        /* credentials stay with whom they were made for */
        as = as == GUISE_ENTITLED ? check_guise(c->reach, url) : as;
    }
    out->location = location;
}

static bool may_need_credentials(const struct provider_got *got)
{
    return got->status == 401 || got->status == 403 || got->status == 404;
}

bool check_get(struct checking *c, struct arena *a, str url, struct provider_got *out,
               bool *entitled)
{
    ask(c, a, url, GUISE_STRANGER, CHECK_BYTES, out);
    *entitled = false;
    if (out->status == 200)
        return true;
    if (check_guise(c->reach, url) == GUISE_STRANGER || !may_need_credentials(out))
        return false;
    ask(c, a, url, GUISE_ENTITLED, CHECK_BYTES, out);
    *entitled = out->status == 200;
    return *entitled;
}

str check_why(struct arena *a, const struct provider_got *got)
{
    return got->status != 0 ? S("not_status") : str_join(a, S("not_"), got->why);
}

bool check_list(struct checking *c, struct arena *a, str url, struct provider_got *out)
{
    ask(c, a, url, check_guise(c->reach, url), CHECK_BYTES, out);
    return out->status == 200;
}

/* Indexes, changes, listings and feeds grow with the number of documents. */
static size_t most_of(const struct checking *c, int requirement)
{
    size_t list = c->reach->list_most > 0 ? c->reach->list_most : FETCH_MOST;
    return requirement >= R_INDEX && requirement <= R_FEED ? list : CHECK_BYTES;
}

bool check_need(struct checking *c, struct arena *a, int requirement, str url,
                struct provider_got *out)
{
    c->used[requirement] = true;
    ask(c, a, url, check_guise(c->reach, url), most_of(c, requirement), out);
    if (out->status == 200)
        return true;
    check_note(c, requirement, CHECK_ERROR, url, check_why(c->a, out),
               str_fmt(a, "%lld", (long long)out->status), NO_STR);
    return false;
}

const struct json *check_json(struct checking *c, struct arena *a, int requirement, str url)
{
    struct provider_got got;
    struct json_error bad;
    const struct json *j = NULL;
    if (!check_need(c, a, requirement, url, &got))
        return NULL;
    if (!c->reach->folder && !str_eq(got.type, S("application/json")))
        check_error(c, requirement, url, "type", got.type);
    if (json_read(a, got.body, &j, &bad) == OK)
        return j;
    check_error(c, requirement, url, "no_json", bad.code);
    return NULL;
}

void check_agents(struct checking *c)
{
    struct provider_got got = {0};
    str url = c->out->url;
    if (c->reach->folder || !c->v21)
        return;
    c->used[R_AGENT] = true;
    c->reach->get(c->reach->arg, c->a, url, GUISE_OTHER_AGENT, CHECK_BYTES, &got);
    if (got.status != 200)
        check_note(c, R_AGENT, CHECK_ERROR, url, S("agent"),
                   str_fmt(c->a, "%lld", (long long)got.status), NO_STR);
}
