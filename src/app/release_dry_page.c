/* release_dry_page.c - what the portal's page says, as one JSON document. */
#include "app/release_dry_own.h"

#include "app/portal_machine.h"

static void put_time(struct ctx *cx, struct json_out *o, str key, i64 at)
{
    json_put_member(o, key, time_rfc3339(cx->a, at, zone_tokyo));
}

static void put_vuln(struct ctx *cx, struct json_out *o, const struct portal_vuln *v)
{
    json_put_object(o);
    json_put_member(o, S("cve"), v->cve);
    json_put_member(o, S("cwe"), v->cwe);
    json_put_member(o, S("title"), v->title);
    json_put_key(o, S("vectors"));
    json_put_array(o);
    for (size_t i = 0; i < v->nvectors; i++) {
        json_put_object(o);
        json_put_member(o, S("issuer"), v->vectors[i].issuer);
        json_put_member(o, S("vector"), v->vectors[i].vector);
        if (v->vectors[i].score >= 0) {
            json_put_key(o, S("score"));
            json_put_decimal(o, v->vectors[i].score, 1);
        }
        json_put_end(o);
    }
    json_put_end(o);
    if (v->exploit.is)
        put_time(cx, o, S("exploit"), v->exploit.v);
    if (v->attacks.is)
        put_time(cx, o, S("attacks"), v->attacks.v);
    json_put_end(o);
}

static void put_changes(struct ctx *cx, struct json_out *o, const struct portal_change *v, size_t n)
{
    json_put_key(o, S("history"));
    json_put_array(o);
    for (size_t i = 0; i < n; i++) {
        json_put_object(o);
        put_time(cx, o, S("at"), v[i].at);
        json_put_member(o, S("text"), v[i].text);
        json_put_end(o);
    }
    json_put_end(o);
}

static void put_vendor(struct ctx *cx, struct json_out *o, const struct portal_vendor *v)
{
    json_put_object(o);
    json_put_member(o, S("name"), v->name);
    json_put_member(o, S("status"), v->status);
    json_put_member(o, S("statement"), v->statement);
    json_put_member(o, S("statement_lang"), v->statement_lang);
    json_put_member(o, S("url"), v->url);
    put_time(cx, o, S("updated"), v->updated);
    json_put_key(o, S("products"));
    json_put_array(o);
    for (size_t i = 0; i < json_count(v->products); i++)
        json_put_json(o, json_at(v->products, i));
    json_put_end(o);
    put_changes(cx, o, v->history, v->nhistory);
    json_put_end(o);
}

static void put_sections(struct json_out *o, const struct portal_advisory *p)
{
    json_put_key(o, S("sections"));
    json_put_object(o);
    for (enum section s = SECTION_TITLE + 1; s < SECTION_COUNT; s++)
        if (p->section[s].n > 0)
            json_put_member(o, section_name(s), p->section[s]);
    json_put_end(o);
}

str rehearsal_page(struct ctx *cx, enum lang lang, const struct portal_advisory *p)
{
    buf b = {.a = cx->a};
    struct json_out w = {.b = &b, .pretty = true}, *o = &w;
    json_put_object(o);
    json_put_member(o, S("number"), portal_public_number(cx, p->line.number));
    json_put_member(o, S("lang"), lang == LANG_JA ? S("ja") : S("en"));
    json_put_member(o, S("url"), portal_page_url(cx, lang, p->line.number));
    json_put_member(o, S("title"), p->line.title);
    json_put_member_bool(o, S("critical"), p->line.critical);
    put_time(cx, o, S("published"), p->line.published);
    put_time(cx, o, S("updated"), p->line.updated);
    if (p->line.withdrawn.is) {
        put_time(cx, o, S("withdrawn"), p->line.withdrawn.v);
        json_put_member(o, S("reason"), p->reason);
    }
    put_sections(o, p);
    json_put_key(o, S("vulnerabilities"));
    json_put_array(o);
    for (size_t i = 0; i < p->nvulns; i++)
        put_vuln(cx, o, &p->vulns[i]);
    json_put_end(o);
    json_put_key(o, S("vendors"));
    json_put_array(o);
    for (size_t i = 0; i < p->nvendors; i++)
        put_vendor(cx, o, &p->vendors[i]);
    json_put_end(o);
    put_changes(cx, o, p->history, p->nhistory);
    json_put_end(o);
    return buf_str(&b);
}
