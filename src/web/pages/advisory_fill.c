/* advisory_fill.c - the released record as its page shows it. */
#include "web/pages/advisory_own.h"

#include "app/product_rows.h"
#include "app/vulns.h"
#include "formats/json.h"
#include "formats/markdown.h"

static html prose(struct ctx *cx, str markdown)
{
    return (html){markdown.n > 0 ? markdown_html(cx->a, markdown) : S("")};
}

static void fill_sections(struct ctx *cx, const struct portal_advisory *p, const struct bodies *b,
                          struct adv_view *v)
{
    for (enum section s = 0; s < SECTION_COUNT; s++)
        v->section[s] = (struct adv_section){
            section_name(s), section_heading(cx->a, s, b->coordinator, cx->lang),
            s == SECTION_TITLE ? (html){S("")} : prose(cx, p->section[s])};
}

static void fill_vulns(struct ctx *cx, const struct portal_advisory *p, struct adv_view *v)
{
    struct adv_vuln *all = NEWS(cx->a, struct adv_vuln, p->nvulns + 1);
    for (size_t i = 0; i < p->nvulns; i++) {
        const struct portal_vuln *from = &p->vulns[i];
        struct vector_view *x = NEWS(cx->a, struct vector_view, from->nvectors + 1);
        for (size_t k = 0; k < from->nvectors; k++)
            x[k] = vector_view(cx, from->vectors[k].issuer, from->vectors[k].vector);
        all[i] = (struct adv_vuln){.cve = from->cve.n > 0 ? from->cve : S(""),
                                   .title = from->title.n > 0 ? from->title : S(""),
                                   .cwe = S(""),
                                   .vectors = x,
                                   .nvectors = from->nvectors,
                                   .exploit = from->exploit,
                                   .attacks = from->attacks};
        if (from->cwe.n > 0) {
            all[i].cwe = cwe_words(cx->a, from->cwe, cx->lang);
            all[i].cwe_href = cwe_url(cx->a, from->cwe);
        }
        if (from->cve.n > 0)
            all[i].cve_href = cve_url(cx->a, from->cve);
    }
    v->vulns = all;
    v->nvulns = p->nvulns;
}

static enum look product_look(str status)
{
    return str_eq(status, S("affected"))       ? LOOK_HIT
           : str_eq(status, S("fixed"))        ? LOOK_DONE
           : str_eq(status, S("not_affected")) ? LOOK_FREE
                                               : LOOK_OPEN;
}

static str product_word(struct ctx *cx, str status)
{
    enum word w;
    return word_find(str_fmt(cx->a, "choice_status_%.*s", SV(status)), &w) ? word(cx->lang, w)
                                                                           : status;
}

static void fill_products(struct ctx *cx, const struct json *from, struct strs names,
                          struct adv_vendor *v)
{
    size_t n;
    const struct product_view *rows = products_view(cx, from, names, &n);
    struct adv_product *all = NEWS(cx->a, struct adv_product, n + 1);
    for (size_t i = 0; i < n; i++)
        all[i] = (struct adv_product){&rows[i], product_word(cx, rows[i].status),
                                      product_look(rows[i].status)};
    v->products = all;
    v->nproducts = n;
}

/* "https://psirt.example/advisories/17" → "psirt.example" */
static str host_of(str link)
{
    ptrdiff_t at = str_find(link, S("://"));
    str rest = str_from(link, at < 0 ? 0 : (size_t)at + 3);
    return str_cut(&rest, '/');
}

/* Its statuses, in words; one that says what the one before said is no news. */
static void fill_changes(struct ctx *cx, const struct portal_vendor *from, struct adv_vendor *v)
{
    struct portal_change *all = NEWS(cx->a, struct portal_change, from->nhistory + 1);
    for (size_t i = 0; i < from->nhistory; i++) {
        str status = vendor_status_word(cx, from->history[i].text);
        bool same = i > 0 && str_eq(from->history[i].text, from->history[i - 1].text);
        all[v->nhistory++] = (struct portal_change){
            from->history[i].at, same ? word(cx->lang, W_vendor_said_anew) : status};
    }
    v->history = all;
}

static void fill_vendors(struct ctx *cx, const struct portal_advisory *p, struct adv_view *v)
{
    struct adv_vendor *all = NEWS(cx->a, struct adv_vendor, p->nvendors + 1);
    str *names = NEWS(cx->a, str, p->nvulns + 1);
    for (size_t i = 0; i < p->nvulns; i++)
        names[i] = portal_vuln_name(cx->a, p, i + 1);
    for (size_t i = 0; i < p->nvendors; i++) {
        const struct portal_vendor *from = &p->vendors[i];
        struct adv_vendor *to = &all[i];
        *to = (struct adv_vendor){.name = from->name,
                                  .status = vendor_status_word(cx, from->status),
                                  .look = vendor_status_look(from->status),
                                  .updated = from->updated,
                                  .statement = prose(cx, from->statement),
                                  .statement_lang =
                                      from->statement_lang.n > 0 ? from->statement_lang : v->lang};
        if (from->url.n > 0 && url_web(from->url, &to->notes))
            to->notes_label = host_of(from->url);
        fill_products(cx, from->products, (struct strs){names, p->nvulns}, to);
        fill_changes(cx, from, to);
        to->says_more = to->statement.s.n > 0 || to->nproducts > 0;
    }
    v->vendors = all;
    v->nvendors = p->nvendors;
}

void adv_fill(struct ctx *cx, const struct portal_advisory *p, const struct bodies *b,
              struct adv_view *v)
{
    v->pre = S("");
    v->number = public_number(cx, p->line.number);
    v->title = p->line.title;
    v->lang = cx->lang == LANG_JA ? S("ja") : S("en");
    v->score = p->line.score;
    v->withdrawn = p->line.withdrawn.is;
    v->withdrawn_at = p->line.withdrawn.v;
    v->urgent = p->line.critical && !v->withdrawn;
    v->reason = prose(cx, p->reason);
    v->published = p->line.published;
    v->updated = p->line.updated;
    v->history = p->history;
    v->nhistory = p->nhistory;
    v->coordinator = b->coordinator;
    v->contact = b->contact;
    fill_sections(cx, p, b, v);
    fill_vulns(cx, p, v);
    fill_vendors(cx, p, v);
}
