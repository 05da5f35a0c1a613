/* cve_services.c - see cve_services.h. */
#include "formats/cve_services.h"

#include "base/utf8.h"

/* --- addresses -------------------------------------------------------------------------------- */

static str seg(struct arena *a, str text)
{
    buf b = {.a = a};
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                     str_find_char(S("-._~"), c) >= 0;
        if (plain)
            buf_char(&b, c);
        else
            buf_putf(&b, "%%%02X", (unsigned)(unsigned char)c);
    }
    return b.n ? buf_str(&b) : S("");
}

str cve_url_reserve(struct arena *a, str base, str org, const struct cve_reservation *r)
{
    str name = seg(a, org);
    str url = str_fmt(a, "%.*s/cve-id?amount=%lld&cve_year=%04lld&short_name=%.*s", SV(base),
                      (long long)r->amount, (long long)r->year, SV(name));
    if (r->batch.n == 0)
        return url;
    str batch = seg(a, r->batch);
    return str_fmt(a, "%.*s&batch_type=%.*s", SV(url), SV(batch));
}

str cve_url_list(struct arena *a, str base, str state, i64 year, i64 page)
{
    buf b = {.a = a};
    buf_putf(&b, "%.*s/cve-id?page=%lld", SV(base), (long long)page);
    if (state.n > 0)
        buf_putf(&b, "&state=%.*s", SV(state));
    if (year > 0)
        buf_putf(&b, "&cve_id_year=%04lld", (long long)year);
    return buf_str(&b);
}

str cve_url_org(struct arena *a, str base, str org)
{
    str name = seg(a, org);
    return str_fmt(a, "%.*s/org/%.*s", SV(base), SV(name));
}

str cve_url_quota(struct arena *a, str base, str org)
{
    return str_join(a, cve_url_org(a, base, org), S("/id_quota"));
}

str cve_url_record(struct arena *a, str base, str cve)
{
    str id = seg(a, cve);
    return str_fmt(a, "%.*s/cve/%.*s", SV(base), SV(id));
}

str cve_url_container(struct arena *a, str base, str cve, bool rejected)
{
    return str_join(a, cve_url_record(a, base, cve), rejected ? S("/reject") : S("/cna"));
}

bool cve_url_is_base(str url, bool plain)
{
    bool secure = str_has_prefix(url, S("https://"));
    if (!secure && !(plain && str_has_prefix(url, S("http://"))))
        return false;
    str rest = str_from(url, secure ? 8 : 7);
    for (size_t i = 0; i < rest.n; i++)
        if ((unsigned char)rest.p[i] <= ' ' || (unsigned char)rest.p[i] >= 0x7f ||
            str_find_char(S("?#@\\\"<>"), rest.p[i]) >= 0)
            return false;
    return rest.n > 0 && rest.p[0] != '/' && rest.p[rest.n - 1] != '/';
}

/* --- answers ---------------------------------------------------------------------------------- */

static const struct json *tree(struct arena *a, str text)
{
    const struct json *j;
    struct json_error bad;
    return json_read(a, text, &j, &bad) == OK ? j : NULL;
}

bool cve_lines_read(struct arena *a, str text, struct cve_lines *out)
{
    const struct json *j = tree(a, text), *all = json_get(j, S("cve_ids"));
    *out = (struct cve_lines){0};
    if (!json_is(all, JSON_IS_ARRAY))
        return false;
    for (size_t i = 0; i < json_count(all); i++) {
        const struct json *one = json_at(all, i), *by = json_get(one, S("requested_by"));
        struct cve_line *line = PUSH(a, out);
        *line = (struct cve_line){
            .cve = json_get_text(one, S("cve_id")),
            .state = json_get_text(one, S("state")),
            .owner = json_get_text(one, S("owning_cna")),
            .user = json_get_text(by, S("user")),
            .reserved = json_get_text(one, S("reserved")),
        };
        if (line->cve.p == NULL || !cve_is_id(line->cve))
            return false;
    }
    i64 next = 0;
    if (json_i64(json_get(j, S("nextPage")), &next) && next > 0)
        out->next = next;
    return true;
}

bool cve_quota_read(struct arena *a, str text, struct cve_quota *out)
{
    const struct json *j = tree(a, text);
    return json_i64(json_get(j, S("id_quota")), &out->quota) &&
           json_i64(json_get(j, S("total_reserved")), &out->reserved) &&
           json_i64(json_get(j, S("available")), &out->available);
}

bool cve_org_read(struct arena *a, str text, str *uuid, str *short_name)
{
    const struct json *j = tree(a, text);
    *uuid = json_get_text(j, S("UUID"));
    *short_name = json_get_text(j, S("short_name"));
    return uuid->n == 36 && short_name->n > 0;
}

/* One line that may be shown: no control characters, not longer than fits a table. */
static str one_line(struct arena *a, str text)
{
    enum { MOST = 300 };
    buf b = {.a = a};
    for (size_t at = 0; at < text.n && b.n < MOST;) {
        uint32_t c = utf8_next(text, &at);
        bool control = c < ' ' || (c >= 0x7f && c < 0xa0) || (c >= 0x2028 && c <= 0x202e) ||
                       (c >= 0x2066 && c <= 0x2069);
        utf8_put(&b, control ? ' ' : c);
    }
    return b.n ? str_trim(buf_str(&b)) : S("");
}

/* The first of what was wrong, by its place. */
static void put_details(buf *b, const struct json *details)
{
    enum { MOST = 3 };
    const struct json *all =
        json_is(details, JSON_IS_ARRAY) ? details : json_get(details, S("errors"));
    for (size_t i = 0; i < json_count(all) && i < MOST; i++) {
        const struct json *one = json_at(all, i);
        str place = json_get_text(one, S("instancePath")), what = json_get_text(one, S("message"));
        if (place.p == NULL)
            place = json_get_text(one, S("param"));
        if (what.p == NULL)
            what = json_get_text(one, S("msg"));
        buf_putf(b, " %.*s: %.*s.", SV(place), SV(what));
    }
}

void cve_error_read(struct arena *a, str text, struct cve_error_answer *out)
{
    const struct json *j = tree(a, text);
    buf b = {.a = a};
    *out = (struct cve_error_answer){0};
    str code = json_get_text(j, S("error")), message = json_get_text(j, S("message"));
    if (code.n == 0)
        return;
    buf_put(&b, message);
    put_details(&b, json_get(j, S("details")));
    out->code = str_sub(one_line(a, code), 0, 64);
    out->message = one_line(a, b.n ? buf_str(&b) : S(""));
}

enum cve_meaning cve_meaning_of(i64 status, str code)
{
    static const struct {
        str code;
        enum cve_meaning meaning;
    } known[] = {
        {S_INIT("RESERVATION_IN_PROGRESS"), CVE_MEANS_LATER},
        {S_INIT("TOO_MANY_REQUESTS"), CVE_MEANS_LATER},
        {S_INIT("CVE_RECORD_EXISTS"), CVE_MEANS_EXISTS},
        {S_INIT("CVE_RECORD_DNE"), CVE_MEANS_ABSENT},
        {S_INIT("SERVICE_NOT_AVAILABLE"), CVE_MEANS_UNSURE},
        {S_INIT("UNABLE_TO_STORE_CVE_RECORD"), CVE_MEANS_UNSURE},
    };
    for (size_t i = 0; i < COUNT(known); i++)
        if (str_eq(code, known[i].code))
            return known[i].meaning;
    if (status == 429)
        return CVE_MEANS_LATER;
    if (status >= 400 && status < 500 && (code.n > 0 || status == 401 || status == 413))
        return CVE_MEANS_NO;
    return CVE_MEANS_UNSURE; /* a gateway's page, an answer of nothing, a redirect */
}

/* --- what the service has --------------------------------------------------------------------- */

static const struct json *container_in(const struct json *j)
{
    const struct json *record = json_get(j, S("containers")) != NULL ? j : NULL;
    if (record == NULL)
        record = json_get(j, S("created")) != NULL ? json_get(j, S("created"))
                                                   : json_get(j, S("updated"));
    return json_get(json_get(record, S("containers")), S("cna"));
}

bool cve_same_container(struct arena *a, str record, str request)
{
    const struct json *theirs = container_in(tree(a, record));
    const struct json *ours = json_get(tree(a, request), S("cnaContainer"));
    size_t set = json_get(theirs, S("providerMetadata")) != NULL;
    if (ours == NULL || theirs == NULL || json_count(theirs) - set != json_count(ours))
        return false;
    for (size_t i = 0; i < json_count(ours); i++)
        if (!json_same(json_value(ours, i), json_get(theirs, json_key(ours, i))))
            return false;
    return true;
}
