/* notice_mail.c - a notice as a mail: for whom, in whose language, and in which words. */
#include "app/outbox_own.h"

#include "app/settings.h"
#include "app/text.h"
#include "formats/json.h"
#include "formats/mail_write.h"

str notice_write(struct arena *a, const struct notice_mail *m)
{
    buf b = {.a = a};
    struct json_out o = {.b = &b};
    json_put_object(&o);
    json_put_member(&o, S("person"), m->person);
    json_put_member(&o, S("report"), m->report);
    json_put_member(&o, S("number"), m->number);
    json_put_end(&o);
    return buf_str(&b);
}

enum err notice_read(struct arena *a, struct sealed content, struct notice_mail *out)
{
    const struct json *j;
    struct json_error bad;
    if (json_read(a, text_open_inside(content), &j, &bad) != OK)
        return E_INVALID;
    *out = (struct notice_mail){json_get_text(j, S("person")), json_get_text(j, S("report")),
                                json_get_text(j, S("number"))};
    return OK;
}

/* --- for whom ------------------------------------------------------------------------------ */

static enum err add_mail(struct ctx *cx, const struct notice_mail *m)
{
    struct q_outbox_waits waits;
    str content = notice_write(cx->a, m), topic = hash_of(cx->a, content);
    TRY(q_outbox_waits(cx->db, &waits, .topic = topic));
    if (waits.n > 0)
        return OK;
    return q_outbox_mail(cx->db, .id = new_id(cx), .now = cx->now, .topic = topic,
                         .content = text_seal(cx, content));
}

static enum err add_people(struct ctx *cx, str principal, str number)
{
    struct q_notice_people *people;
    struct notice_mail m = {.number = number};
    size_t n;
    TRY(q_notice_people(cx->db, &people, &n, .principal = principal, .now = cx->now));
    for (size_t i = 0; i < n; i++) {
        m.person = people[i].id;
        TRY(add_mail(cx, &m));
    }
    return OK;
}

/* A finder is known by the report alone; an office that reported is told as an office. */
static enum err add_reporter(struct ctx *cx, str report_id)
{
    struct q_report_get report;
    struct notice_mail m = {.report = report_id};
    enum err e = q_report_get(cx->db, &report, .id = report_id);
    if (e != OK)
        return e == E_NOT_FOUND ? OK : e;
    if (report.source_dept_id.p != NULL)
        return add_people(cx, report.source_dept_id, NO_STR);
    return add_mail(cx, &m);
}

enum err notice_expand(struct ctx *cx, const struct q_outbox_due *row)
{
    const struct json *j;
    struct json_error bad;
    if (json_read(cx->a, text_open_inside(row->content), &j, &bad) != OK)
        return E_INVALID;
    str principal = json_get_text(j, S("principal")), report_id = json_get_text(j, S("report"));
    if (principal.p == NULL && report_id.p == NULL)
        return E_INVALID;
    TRY(q_outbox_take(cx->db, .id = row->id, .due = row->due, .at = cx->now));
    if (principal.p != NULL)
        TRY(add_people(cx, principal, json_get_text(j, S("number"))));
    return add_reporter(cx, report_id.p ? report_id : principal);
}

/* --- in which words -------------------------------------------------------------------------- */

struct reader {
    str email, number, path;
    enum lang lang;
    const struct zone *zone;
    bool finder;
};

static enum err find_person(struct ctx *cx, const struct notice_mail *m, struct reader *out)
{
    struct q_person_get p;
    TRY(q_person_get(cx->db, &p, .id = m->person));
    if (p.disabled.is || p.muted || p.email.n == 0)
        return E_NOT_FOUND;
    out->email = p.email;
    out->lang = str_eq(p.lang, S("en")) ? LANG_EN : LANG_JA;
    out->zone = zone_find(p.zone) ? zone_find(p.zone) : zone_tokyo;
    out->path = S("inbox");
    if (m->number.n > 0) {
        out->path = str_join(cx->a, S("cases/"), m->number);
        out->number = str_fmt(cx->a, "%.*s#%.*s", SV(cx->app->number_prefix), SV(m->number));
    }
    return OK;
}

/* Whom a finder named to be written to; it is read for this alone. */
static enum err find_finder(struct ctx *cx, const struct notice_mail *m, struct reader *out)
{
    struct q_report_get r;
    const struct json *identity;
    struct json_error bad;
    TRY(q_report_get(cx->db, &r, .id = m->report));
    if (json_read(cx->a, text_open_inside(r.identity), &identity, &bad) != OK)
        return E_INVALID;
    out->email = json_get_text(identity, S("email"));
    out->lang = str_eq(r.lang, S("en")) ? LANG_EN : LANG_JA;
    out->zone = zone_tokyo;
    out->path = S("track");
    out->number = r.receipt;
    out->finder = true;
    return out->email.n > 0 ? OK : E_NOT_FOUND;
}

/* The site's host, where a mail address can be made of it. */
static str host_of(const struct app *app, struct arena *a)
{
    str url = app->public_url;
    ptrdiff_t at = str_find(url, S("://"));
    if (at >= 0)
        url = str_from(url, (size_t)at + 3);
    str authority = str_cut(&url, '/'), host = str_cut(&authority, ':');
    return mail_address_is(str_join(a, S("x@"), host)) ? host : S("localhost");
}

static str subject_of(struct ctx *cx, const struct reader *r, str site)
{
    if (r->number.n == 0)
        return words_mail_subject_plain(cx->a, r->lang, .site = site);
    return words_mail_subject(cx->a, r->lang, .site = site, .number = r->number);
}

static str body_of(struct ctx *cx, const struct reader *r)
{
    buf b = {.a = cx->a};
    str what = r->finder         ? words_mail_finder(cx->a, r->lang, .number = r->number)
               : r->number.n > 0 ? words_mail_case(cx->a, r->lang, .number = r->number)
                                 : word(r->lang, W_mail_plain);
    buf_putf(&b, "%.*s\n\n  %.*s/%s/%.*s\n\n%.*s\n", SV(what), SV(cx->app->public_url),
             r->lang == LANG_JA ? "ja" : "en", SV(r->path),
             SV(word(r->lang, r->finder ? W_mail_why_finder : W_mail_why)));
    if (!r->finder)
        buf_putf(&b, "%.*s\n", SV(word(r->lang, W_mail_stop)));
    return buf_str(&b);
}

enum err notice_compose(struct ctx *cx, str row_id, const struct notice_mail *m,
                        struct smtp_mail *out)
{
    const struct settings *s;
    struct reader r = {0};
    struct problems wrong_fields = {0};
    TRY(app_read(cx));
    TRY(m->person.p ? find_person(cx, m, &r) : find_finder(cx, m, &r));
    TRY(settings_open(cx, &s));
    str site = s->v[r.lang == LANG_JA ? SET_SITE_NAME_JA : SET_SITE_NAME_EN];
    str host = host_of(cx->app, cx->a), from = s->v[SET_MAIL_FROM];
    if (from.n == 0)
        from = str_join(cx->a, S("no-reply@"), host);
    struct mail_address to = {.address = r.email};
    struct mail mail = {
        .from = {site, from},
        .to = &to,
        .nto = 1,
        .subject = subject_of(cx, &r, site),
        .body = body_of(cx, &r),
        .message_id = str_fmt(cx->a, "%.*s@%.*s", SV(row_id), SV(host)),
        .language = r.lang == LANG_JA ? S("ja") : S("en"),
        .date = cx->now,
        .zone = r.zone,
        .automatic = true,
    };
    if (mail_write(cx->a, &mail, &wrong_fields, &out->bytes) != OK)
        return E_INVALID;
    str *envelope = NEWS(cx->a, str, 1);
    envelope[0] = r.email;
    out->from = from;
    out->to = (struct strs){envelope, 1};
    return OK;
}
