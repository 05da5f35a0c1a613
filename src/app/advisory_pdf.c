/* advisory_pdf.c - see advisory_pdf.h: the sections of the portal's page, one below the other. */
#include "app/advisory_pdf.h"

#include "app/portal_machine.h"
#include "app/settings.h"
#include "app/tables.h"
#include "app/vulns.h"
#include "formats/cvss.h"
#include "formats/cwe.h"
#include "formats/markdown.h"
#include "formats/product_row.h"
#include "io/pdf_press.h"

struct sheet {
    struct ctx *cx;
    const struct portal_advisory *p;
    enum lang lang;
    str coordinator;
    VEC(struct pdf_block)
};

static void put(struct sheet *s, enum pdf_style style, str text)
{
    if (text.n > 0)
        *PUSH(s->cx->a, s) = (struct pdf_block){style, text};
}

static str plain(struct sheet *s, str markdown)
{
    return markdown.n > 0 ? str_trim(markdown_plain(s->cx->a, markdown)) : S("");
}

static str heading(struct sheet *s, enum section section)
{
    return section_heading(s->cx->a, section, s->coordinator, s->lang);
}

static void put_prose(struct sheet *s, enum section section)
{
    str text = plain(s, s->p->section[section]);
    if (text.n == 0)
        return;
    put(s, PDF_HEADING, heading(s, section));
    put(s, PDF_TEXT, text);
}

static str status_word(const struct sheet *s, str status)
{
    enum vendor_status v;
    if (!vendor_status_find(status, &v))
        return status;
    return s->cx->app->tables->statuses.v[v].word[s->lang == LANG_JA ? LANG_JA_AT : LANG_EN_AT];
}

static str date(const struct sheet *s, i64 at)
{
    return time_date(s->cx->a, at, zone_tokyo);
}

static void put_head(struct sheet *s)
{
    struct arena *a = s->cx->a;
    const struct portal_line *l = &s->p->line;
    put(s, PDF_TITLE, l->title);
    put(s, PDF_SMALL,
        str_fmt(a, "%.*s   %.*s   TLP:CLEAR", SV(portal_public_number(s->cx, l->number)),
                SV(l->cves)));
    put(s, PDF_SMALL,
        str_fmt(a, "%.*s: %.*s   %.*s: %.*s", SV(word(s->lang, W_col_published)),
                SV(date(s, l->published)), SV(word(s->lang, W_col_updated)),
                SV(date(s, l->updated))));
    if (!l->withdrawn.is)
        return;
    put(s, PDF_HEADING,
        str_fmt(a, "%.*s %.*s", SV(word(s->lang, W_advisory_withdrawn_on)),
                SV(date(s, l->withdrawn.v))));
    put(s, PDF_TEXT, plain(s, s->p->reason));
}

static str weakness(struct sheet *s, str text)
{
    i64 id;
    struct cwe c;
    if (!cwe_parse(text, &id) || !cwe_find(id, &c))
        return text;
    return str_fmt(s->cx->a, "%.*s %.*s", SV(text),
                   SV(s->lang == LANG_JA && c.name_ja.n > 0 ? c.name_ja : c.name_en));
}

static void put_vulnerabilities(struct sheet *s, bool vectors)
{
    for (size_t i = 0; i < s->p->nvulns; i++) {
        const struct portal_vuln *v = &s->p->vulns[i];
        str name = v->cve.n > 0 ? v->cve : v->title;
        if (!vectors)
            put(s, PDF_TEXT,
                str_fmt(s->cx->a, "%.*s   %.*s", SV(name),
                        SV(v->cwe.n > 0 ? weakness(s, v->cwe) : S(""))));
        for (size_t k = 0; vectors && k < v->nvectors; k++) {
            struct cvss c;
            struct cvss_error bad;
            str vector = v->vectors[k].vector;
            int score = cvss_parse(vector, &c, &bad) == OK ? cvss_scores(&c).overall : -1;
            if (score >= 0)
                put(s, PDF_TEXT,
                    str_fmt(s->cx->a, "%.*s   %d.%d   %.*s", SV(name), score / 10, score % 10,
                            SV(vector)));
        }
    }
}

static void put_description(struct sheet *s)
{
    put(s, PDF_HEADING, heading(s, SECTION_DESCRIPTION));
    put(s, PDF_TEXT, plain(s, s->p->section[SECTION_DESCRIPTION]));
    put_vulnerabilities(s, false);
}

static void put_product(struct sheet *s, const struct json *one, str about)
{
    int words = s->lang == LANG_JA ? LANG_JA_AT : LANG_EN_AT;
    enum word w;
    enum flag f;
    enum remedy r;
    str status = json_get_text(one, S("status"));
    if (word_find(str_fmt(s->cx->a, "choice_status_%.*s", SV(status)), &w))
        status = word(s->lang, w);
    put(s, PDF_SMALL,
        str_fmt(s->cx->a, "- %.*s %.*s: %.*s%s%.*s%s", SV(json_get_text(one, S("name"))),
                SV(json_get_text(one, S("versions"))), SV(status), about.n > 0 ? " (" : "",
                SV(about), about.n > 0 ? ")" : ""));
    if (flag_find(json_get_text(one, S("flag")), &f))
        put(s, PDF_SMALL,
            str_fmt(s->cx->a, "%.*s %.*s", SV(word(s->lang, W_product_flag_is)),
                    SV(s->cx->app->tables->flags.v[f].word[words])));
    put(s, PDF_SMALL, json_get_text(one, S("cpe")));
    put(s, PDF_SMALL, json_get_text(one, S("purl")));
    if (remedy_find(json_get_text(one, S("remedy")), &r))
        put(s, PDF_SMALL, s->cx->app->tables->remedies.v[r].word[words]);
}

static void put_products(struct sheet *s, const struct portal_vendor *v)
{
    for (size_t i = 0; i < json_count(v->products); i++)
        if (product_row_is_told(v->products, i, s->p->nvulns))
            put_product(s, json_at(v->products, i), portal_row_about(s->cx->a, s->p, v, i));
}

static void put_vendors(struct sheet *s)
{
    str own = plain(s, s->p->section[SECTION_VENDOR_INFO]);
    if (s->p->nvendors == 0 && own.n == 0)
        return;
    put(s, PDF_HEADING, heading(s, SECTION_VENDOR_INFO));
    put(s, PDF_TEXT, own);
    for (size_t i = 0; i < s->p->nvendors; i++) {
        const struct portal_vendor *v = &s->p->vendors[i];
        put(s, PDF_TEXT,
            str_fmt(s->cx->a, "%.*s: %.*s (%.*s) %.*s", SV(v->name), SV(status_word(s, v->status)),
                    SV(date(s, v->updated)), SV(v->url)));
        put(s, PDF_SMALL, plain(s, v->statement));
        put_products(s, v);
    }
}

static void put_analysis(struct sheet *s)
{
    str own = plain(s, s->p->section[SECTION_ANALYSIS]);
    if (s->p->nvulns == 0 && own.n == 0)
        return;
    put(s, PDF_HEADING, heading(s, SECTION_ANALYSIS));
    put(s, PDF_TEXT, own);
    put_vulnerabilities(s, true);
}

static void put_history(struct sheet *s)
{
    if (s->p->nhistory > 0)
        put(s, PDF_HEADING, word(s->lang, W_section_history));
    for (size_t i = 0; i < s->p->nhistory; i++)
        put(s, PDF_TEXT,
            str_fmt(s->cx->a, "%.*s   %.*s", SV(date(s, s->p->history[i].at)),
                    SV(s->p->history[i].text)));
}

static void put_all(struct sheet *s)
{
    put_head(s);
    put_prose(s, SECTION_OVERVIEW);
    put_prose(s, SECTION_AFFECTED);
    put_description(s);
    put_prose(s, SECTION_IMPACT);
    put_prose(s, SECTION_SOLUTION);
    put_vendors(s);
    put_prose(s, SECTION_REFERENCES);
    put_prose(s, SECTION_ADDENDUM);
    put_analysis(s);
    put_prose(s, SECTION_CREDIT);
    put_prose(s, SECTION_OTHER);
    put_history(s);
}

bool advisory_pdf_can(const struct ctx *cx)
{
    return cx->app->paper != NULL && pdf_press_can(cx->app->paper);
}

enum err advisory_pdf_of(struct ctx *cx, enum lang lang, const struct portal_advisory *p, str *out)
{
    const struct settings *set;
    TRY(settings_open(cx, &set));
    bool ja = lang == LANG_JA;
    struct sheet s = {.cx = cx,
                      .p = p,
                      .lang = lang,
                      .coordinator = set->v[ja ? SET_COORDINATOR_JA : SET_COORDINATOR_EN]};
    put_all(&s);
    struct pdf pdf = {.title = p->line.title,
                      .lang = ja ? S("ja") : S("en"),
                      .made = time_rfc3339(cx->a, p->line.updated, zone_tokyo),
                      .footer = portal_page_url(cx, lang, p->line.number),
                      .blocks = s.v,
                      .nblocks = s.n};
    if (cx->app->paper != NULL)
        return pdf_press_run(cx->app->paper, cx->a, &pdf, &cx->fault, out);
    return pdf_write(cx->a, &pdf, &cx->fault, out);
}

enum err advisory_pdf(struct ctx *cx, enum lang lang, str number, str *out)
{
    struct portal_advisory *p = NEW(cx->a, struct portal_advisory);
    bool other;
    TRY(portal_get(cx, lang, number, p, &other));
    return advisory_pdf_of(cx, lang, p, out);
}
