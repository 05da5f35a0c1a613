/* cved.c - see cved.h: what it knows and answers. */
#include "help/cved_own.h"

#include "formats/json.h"
#include "io/keyfile.h"

#include <stdio.h>
#include <string.h>

struct cved *cved_new(struct arena *a)
{
    struct cved *d = NEW(a, struct cved);
    d->a = a;
    d->log.a = a;
    d->quota = 100;
    return d;
}

size_t cved_count(const struct cved *d, const char *state)
{
    size_t n = 0;
    for (size_t i = 0; i < d->nids; i++)
        n += strcmp(d->ids[i].state, state) == 0;
    return n;
}

/* --- answers ---------------------------------------------------------------------------------- */

static struct cved_answer error(struct cved *d, int status, const char *code, const char *message)
{
    return (struct cved_answer){
        status, str_fmt(d->a, "{\"error\":\"%s\",\"message\":\"%s\"}", code, message)};
}

static str value_of(str query, const char *name)
{
    while (query.n > 0) {
        str pair = str_cut(&query, '&'), key = str_cut(&pair, '=');
        if (str_eq(key, str_z(name)))
            return pair;
    }
    return NO_STR;
}

static void put_id(buf *b, const struct cved_id *x)
{
    buf_putf(b,
             "{\"requested_by\":{\"cna\":\"" CVED_ORG "\",\"user\":\"%s\"},\"cve_id\":\"%s\","
             "\"cve_year\":\"%.4s\",\"state\":\"%s\",\"owning_cna\":\"" CVED_ORG
             "\",\"reserved\":\"2026-11-21T18:59:59.579Z\"}",
             x->user, x->cve, x->cve + 4, x->state);
}

static struct cved_id *make_id(struct cved *d, i64 year, const char *user)
{
    must(d->nids < COUNT(d->ids));
    struct cved_id *x = &d->ids[d->nids++];
    (void)snprintf(x->cve, sizeof x->cve, "CVE-%04d-%05d", (int)year, 20000 + (int)d->nids);
    (void)snprintf(x->state, sizeof x->state, "RESERVED");
    (void)snprintf(x->user, sizeof x->user, "%s", user);
    return x;
}

static struct cved_answer reserve(struct cved *d, str query)
{
    i64 amount = 0, year = 0;
    str batch = value_of(query, "batch_type");
    buf b = {.a = d->a};
    if (!str_eq(value_of(query, "short_name"), S(CVED_ORG)))
        return error(d, 403, "ORG_CANNOT_RESERVE_FOR_OTHER", "The organization is not allowed.");
    if (!str_i64(value_of(query, "amount"), &amount) ||
        !str_i64(value_of(query, "cve_year"), &year))
        return error(d, 400, "BAD_INPUT", "Parameters were invalid");
    if (amount > 1 && batch.n == 0)
        return error(d, 400, "NO_BATCH_TYPE", "The batch_type query parameter must be specified.");
    if (str_eq(batch, S("nonsequential")) && amount > 10)
        return error(d, 403, "OVER_NONSEQUENTIAL_MAX_AMOUNT", "Only 10 ids or less.");
    if (year > 2030)
        return error(d, 403, "CANNOT_RESERVE_FOR_YEAR", "IDR is not configured for that year.");
    if ((i64)cved_count(d, "RESERVED") + amount > d->quota)
        return error(d, 403, "EXCEEDED_ID_QUOTA", "The amount would exceed the ID quota.");
    buf_put(&b, S("{\"cve_ids\":["));
    for (i64 i = 0; i < amount; i++) {
        buf_put(&b, i ? S(",") : S(""));
        put_id(&b, make_id(d, year, CVED_USER));
    }
    buf_putf(&b, "],\"meta\":{\"remaining_quota\":%lld}}",
             (long long)(d->quota - (i64)cved_count(d, "RESERVED")));
    return (struct cved_answer){200, buf_str(&b)};
}

/* Two a page, so that pages are walked; the real one has 500. */
static struct cved_answer list(struct cved *d, str query)
{
    enum { PAGE = 2 };
    i64 page = 1;
    size_t seen = 0;
    str state = value_of(query, "state");
    buf b = {.a = d->a};
    (void)str_i64(value_of(query, "page"), &page);
    buf_put(&b, S("{\"cve_ids\":["));
    for (size_t i = 0; i < d->nids; i++) {
        if (state.n > 0 && !str_eq(state, str_z(d->ids[i].state)))
            continue;
        if (++seen <= (size_t)(page - 1) * PAGE || seen > (size_t)page * PAGE)
            continue;
        buf_put(&b, seen > (size_t)(page - 1) * PAGE + 1 ? S(",") : S(""));
        put_id(&b, &d->ids[i]);
    }
    buf_put(&b, S("]"));
    if (seen > (size_t)page * PAGE)
        buf_putf(&b, ",\"nextPage\":%lld", (long long)page + 1);
    buf_put(&b, S("}"));
    return (struct cved_answer){200, buf_str(&b)};
}

static struct cved_id *find_id(struct cved *d, str cve)
{
    for (size_t i = 0; i < d->nids; i++)
        if (str_eq(str_z(d->ids[i].cve), cve))
            return &d->ids[i];
    return NULL;
}

/* The whole record, with what the service sets itself. */
static void put_record(struct cved *d, buf *b, const struct cved_id *x)
{
    const struct json *j;
    struct json_error bad;
    struct json_out o = {.b = b};
    must(json_read(d->a, x->record, &j, &bad) == OK);
    j = json_get(j, S("cnaContainer"));
    buf_putf(
        b,
        "{\"dataType\":\"CVE_RECORD\",\"dataVersion\":\"5.1\",\"cveMetadata\":{\"cveId\":\"%s\","
        "\"assignerOrgId\":\"" CVED_UUID "\",\"state\":\"%s\"},\"containers\":{\"cna\":",
        x->cve, x->state);
    json_put_object(&o);
    for (size_t i = 0; i < json_count(j); i++) {
        json_put_key(&o, json_key(j, i));
        json_put_json(&o, json_value(j, i));
    }
    json_put_key(&o, S("providerMetadata"));
    json_put_raw(&o, S("{\"orgId\":\"" CVED_UUID "\",\"shortName\":\"" CVED_ORG "\"}"));
    json_put_end(&o);
    buf_put(b, S("}}"));
}

static struct cved_answer record_get(struct cved *d, str cve)
{
    const struct cved_id *x = find_id(d, cve);
    buf b = {.a = d->a};
    if (x == NULL || x->record.p == NULL)
        return error(d, 404, "CVE_RECORD_DNE", "The cve record for the cve id does not exist.");
    put_record(d, &b, x);
    return (struct cved_answer){200, buf_str(&b)};
}

static struct cved_answer record_put(struct cved *d, const struct cved_ask *ask, str cve,
                                     bool reject)
{
    struct cved_id *x = find_id(d, cve);
    const struct json *j;
    struct json_error bad;
    bool create = str_eq(ask->method, S("POST"));
    buf b = {.a = d->a};
    if (json_read(d->a, ask->body, &j, &bad) != OK)
        return error(d, 400, "INVALID_JSON_SYNTAX", "Expected property name or '}' in JSON");
    j = json_get(json_get(j, S("cnaContainer")), reject ? S("rejectedReasons") : S("affected"));
    if (json_count(j) == 0)
        return error(d, 400, "INVALID_JSON_SCHEMA", "CVE JSON schema validation FAILED.");
    if (x == NULL)
        return error(d, 403, "ORG_DOES_NOT_OWN_ID", "window_1 does not own it");
    if (create && x->record.p != NULL)
        return error(d, reject ? 400 : 403, "CVE_RECORD_EXISTS", "The cve record already exists.");
    if (!create && x->record.p == NULL)
        return error(d, reject ? 400 : 403, "CVE_RECORD_DNE", "The cve record does not exist.");
    x->record = str_copy(d->a, ask->body);
    (void)snprintf(x->state, sizeof x->state, "%s", reject ? "REJECTED" : "PUBLISHED");
    buf_putf(&b, "{\"message\":\"done\",\"%s\":", create ? "created" : "updated");
    put_record(d, &b, x);
    buf_put(&b, S("}"));
    return (struct cved_answer){200, buf_str(&b)};
}

static struct cved_answer of_org(struct cved *d, str path)
{
    i64 reserved = (i64)cved_count(d, "RESERVED");
    if (str_eq(path, S(CVED_ORG)))
        return (struct cved_answer){200, S("{\"UUID\":\"" CVED_UUID "\",\"short_name\":\"" CVED_ORG
                                           "\",\"name\":\"Booker\"}")};
    return (struct cved_answer){
        200, str_fmt(d->a, "{\"id_quota\":%lld,\"total_reserved\":%lld,\"available\":%lld}",
                     (long long)d->quota, (long long)reserved, (long long)(d->quota - reserved))};
}

static struct cved_answer routed(struct cved *d, const struct cved_ask *ask)
{
    str query = ask->path, path = str_cut(&query, '?');
    bool record = str_has_prefix(path, S("/cve/"));
    str cve = record ? str_from(path, 5) : NO_STR, id = str_cut(&cve, '/');
    if (record && str_eq(ask->method, S("GET")))
        return record_get(d, id);
    if (ask->org.n == 0 || ask->user.n == 0 || ask->key.n == 0)
        return error(d, 400, "BAD_REQUEST", "CVE-API-KEY header field required.");
    if (!str_eq(ask->org, S(CVED_ORG)) || !str_eq(ask->user, S(CVED_USER)) ||
        !str_eq(ask->key, S(CVED_KEY)))
        return error(d, 401, "UNAUTHORIZED", "Unauthorized");
    if (record)
        return record_put(d, ask, id, str_eq(cve, S("reject")));
    if (str_has_prefix(path, S("/org/")))
        return of_org(d, str_from(path, 5));
    if (!str_eq(path, S("/cve-id")))
        return error(d, 404, "NOT_FOUND", "404: resource not found");
    return str_eq(ask->method, S("POST")) ? reserve(d, query) : list(d, query);
}

/* --- trouble ---------------------------------------------------------------------------------- */

struct cved_answer cved_answer(struct cved *d, const struct cved_ask *ask)
{
    bool now = ++d->requests == d->at;
    enum cved_trouble t = now ? d->trouble : CVED_NONE;
    struct cved_answer an = {0};
    if (t == CVED_OTHERS)
        (void)make_id(d, 2026, CVED_USER);
    if (t == CVED_429)
        an = error(d, 429, "TOO_MANY_REQUESTS", "Too many requests");
    else if (t == CVED_IN_PROGRESS)
        an = error(d, 403, "RESERVATION_IN_PROGRESS", "Already in progress.");
    else if (t == CVED_502)
        an = (struct cved_answer){502, S("<html>Bad gateway</html>")};
    else if (t == CVED_REDIRECT)
        an = (struct cved_answer){302, S("")};
    else if (t != CVED_LOST_BEFORE && t != CVED_KILL_BEFORE)
        an = routed(d, ask);
    if (t == CVED_GARBAGE)
        an.body = S("{\"cve_ids\":");
    if (t == CVED_500)
        an = error(d, 500, "SERVICE_NOT_AVAILABLE", "This service appears to not be available.");
    an.lost = t == CVED_LOST_BEFORE || t == CVED_LOST_AFTER;
    an.kill = t == CVED_KILL_BEFORE || t == CVED_KILL_AFTER;
    str query = ask->path, path = str_cut(&query, '?');
    buf_putf(&d->log, "%.*s %.*s %d\n", SV(ask->method), SV(path), an.status);
    return an;
}

/* --- in process ------------------------------------------------------------------------------- */

struct wired {
    struct cved *d;
    const char *key_file;
};

static str header(struct arena *a, const struct wired *w, const struct fetch_request *rq,
                  const char *name)
{
    struct keyfile key;
    struct fault f = {0};
    str plain;
    for (size_t i = 0; i < rq->nheaders; i++) {
        if (!str_eq(rq->headers[i].name, str_z(name)))
            continue;
        if (!rq->headers[i].closed)
            return rq->headers[i].value;
        must(keyfile_open(a, w->key_file, &f, &key) == OK);
        must(keyfile_read(a, &key, rq->headers[i].value, &plain));
        (void)str_cut(&plain, '\n');
        return plain;
    }
    return NO_STR;
}

static enum err ask_in_process(void *arg, struct arena *a, struct fault *f,
                               const struct fetch_request *rq, i64 timeout_ms,
                               struct fetch_answer *out)
{
    const struct wired *w = arg;
    str path = rq->url;
    (void)f, (void)timeout_ms;
    must(str_has_prefix(path, S("https://cve.example/api/")));
    struct cved_ask ask = {rq->method,
                           str_from(path, 23),
                           header(a, w, rq, "CVE-API-ORG"),
                           header(a, w, rq, "CVE-API-USER"),
                           header(a, w, rq, "CVE-API-KEY"),
                           rq->body};
    struct cved_answer an = cved_answer(w->d, &ask);
    *out = (struct fetch_answer){.outcome = an.lost ? FETCH_LOST : FETCH_ANSWERED,
                                 .status = an.status,
                                 .retry_after = an.status == 429 ? 7200 : -1,
                                 .type = S("application/json"),
                                 .body = an.lost ? NO_STR : an.body,
                                 .why = an.lost ? S("timeout") : NO_STR};
    return OK;
}

struct cve_wire cved_wire(struct cved *d, const char *key_file)
{
    struct wired *w = NEW(d->a, struct wired);
    *w = (struct wired){d, key_file};
    return (struct cve_wire){ask_in_process, w};
}
