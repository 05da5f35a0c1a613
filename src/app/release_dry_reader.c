/* release_dry_reader.c - the page as plain text, in the language of the version. */
#include "app/release_dry.h"

#include "app/csaf_own.h"
#include "app/portal_machine.h"
#include "app/settings.h"
#include "app/tables.h"
#include "app/vulns.h"
#include "formats/product_row.h"

struct reader {
    struct ctx *cx;
    const struct portal_advisory *p;
    enum lang lang;
    buf b;
};

/* The words of a vendor's or a product's status. */
static str status_word(struct reader *r, str status)
{
    enum vendor_status s;
    enum word w;
    if (vendor_status_find(status, &s))
        return r->cx->app->tables->statuses.v[s].word[r->lang == LANG_JA ? LANG_JA_AT : LANG_EN_AT];
    return word_find(str_fmt(r->cx->a, "choice_status_%.*s", SV(status)), &w) ? word(r->lang, w)
                                                                              : status;
}

static void head(struct reader *r, str title)
{
    buf_putf(&r->b, "\n## %.*s\n", SV(title));
}

static void put_product(struct reader *r, const struct portal_vendor *v, size_t row)
{
    const struct json *product = json_at(v->products, row);
    str name = json_get_text(product, S("name")), versions = json_get_text(product, S("versions")),
        status = status_word(r, json_get_text(product, S("status")));
    buf_putf(&r->b, "  - %.*s%s%.*s: %.*s\n", SV(name), versions.n > 0 ? " " : "", SV(versions),
             SV(status));
    str about = portal_row_about(r->cx->a, r->p, v, row);
    if (about.n > 0)
        buf_putf(&r->b, "    %.*s %.*s\n", SV(word(r->lang, W_product_about)), SV(about));
    enum flag flag;
    if (flag_find(json_get_text(product, S("flag")), &flag))
        buf_putf(&r->b, "    %.*s %.*s\n", SV(word(r->lang, W_product_flag_is)),
                 SV(r->cx->app->tables->flags.v[flag]
                        .word[r->lang == LANG_JA ? LANG_JA_AT : LANG_EN_AT]));
    str cpe = json_get_text(product, S("cpe")), purl = json_get_text(product, S("purl"));
    if (cpe.n > 0)
        buf_putf(&r->b, "    %.*s\n", SV(cpe));
    if (purl.n > 0)
        buf_putf(&r->b, "    %.*s\n", SV(purl));
    enum remedy remedy;
    if (remedy_find(json_get_text(product, S("remedy")), &remedy))
        buf_putf(&r->b, "    %.*s\n",
                 SV(r->cx->app->tables->remedies.v[remedy]
                        .word[r->lang == LANG_JA ? LANG_JA_AT : LANG_EN_AT]));
}

static void put_vendors(struct reader *r)
{
    if (r->p->nvendors > 0)
        head(r, word(r->lang, W_section_vendor_info));
    for (size_t i = 0; i < r->p->nvendors; i++) {
        const struct portal_vendor *v = &r->p->vendors[i];
        str status = status_word(r, v->status), said = csaf_plain(r->cx, v->statement);
        buf_putf(&r->b, "- %.*s: %.*s\n", SV(v->name), SV(status));
        for (size_t k = 0; k < json_count(v->products); k++)
            if (product_row_is_told(v->products, k, r->p->nvulns))
                put_product(r, v, k);
        if (said.n > 0)
            buf_putf(&r->b, "  %.*s\n", SV(said));
        if (v->url.n > 0)
            buf_putf(&r->b, "  <%.*s>\n", SV(v->url));
    }
}

static void put_vulns(struct reader *r)
{
    for (size_t i = 0; i < r->p->nvulns; i++) {
        const struct portal_vuln *v = &r->p->vulns[i];
        buf_putf(&r->b, "- %.*s %.*s %.*s\n", SV(v->cve), SV(v->cwe), SV(v->title));
        for (size_t k = 0; k < v->nvectors; k++)
            buf_putf(&r->b, "  %.*s  %lld.%lld\n", SV(v->vectors[k].vector),
                     (long long)v->vectors[k].score / 10, (long long)v->vectors[k].score % 10);
    }
}

static void put_sections(struct reader *r, str coordinator)
{
    for (enum section s = SECTION_TITLE + 1; s < SECTION_COUNT; s++) {
        str text = csaf_plain(r->cx, r->p->section[s]);
        if (s == SECTION_VENDOR_INFO)
            put_vendors(r);
        if (text.n == 0)
            continue;
        if (s != SECTION_VENDOR_INFO || r->p->nvendors == 0)
            head(r, section_heading(r->cx->a, s, coordinator, r->lang));
        buf_putf(&r->b, "%.*s\n", SV(text));
        if (s == SECTION_DESCRIPTION)
            put_vulns(r);
    }
}

static void put_history(struct reader *r)
{
    head(r, word(r->lang, W_section_history));
    for (size_t i = 0; i < r->p->nhistory; i++) {
        const struct portal_change *h = &r->p->history[i];
        str at = time_minute(r->cx->a, h->at, zone_tokyo);
        buf_putf(&r->b, "- %.*s  %.*s\n", SV(at), SV(h->text));
    }
}

enum err release_dry_reader(struct ctx *cx, const struct release_dry *d, str *out)
{
    const struct settings *s;
    struct reader r = {cx, &d->page, d->wish.lang, {.a = cx->a}};
    str number = portal_public_number(cx, d->number);
    TRY(settings_open(cx, &s));
    buf_putf(&r.b, "# %.*s %.*s\n", SV(number), SV(d->page.line.title));
    if (d->page.line.withdrawn.is) {
        str reason = csaf_plain(cx, d->page.reason), said = word(r.lang, W_advisory_withdrawn_on);
        buf_putf(&r.b, "\n%.*s\n%.*s\n", SV(said), SV(reason));
    }
    put_sections(&r, s->v[r.lang == LANG_JA ? SET_COORDINATOR_JA : SET_COORDINATOR_EN]);
    put_history(&r);
    *out = buf_str(&r.b);
    return OK;
}
